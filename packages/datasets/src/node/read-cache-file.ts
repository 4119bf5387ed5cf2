import { readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { FileDefinition } from './dataset-definition.js';
import { isFileProblem, problemReason } from './file-problem.js';
import type { OnDatasetProgress } from './progress.js';
import { sha256 } from './sha256.js';

/**
 * A file of the cache whose SHA-256 is right, or nothing when it is not there. A file that is there and wrong is removed, and
 * `onProgress` is told.
 */
export async function readCacheFile(
  folder: string,
  { name, bytes: rightBytes, sha256: right }: FileDefinition,
  { signal, onProgress }: { readonly signal?: AbortSignal; readonly onProgress?: OnDatasetProgress },
): Promise<Uint8Array | undefined> {
  const path = join(folder, name);
  let reason: string;
  try {
    const { size } = await stat(path);
    if (size === rightBytes) {
      const bytes = await readFile(path, { signal });
      if (sha256(bytes) === right) return bytes;
      reason = 'its SHA-256 is not the right one';
    } else {
      reason = `it has ${size} bytes, not ${rightBytes}`;
    }
  } catch (error) {
    signal?.throwIfAborted();
    if (isFileProblem(error) && (error.code === 'ENOENT' || error.code === 'ENOTDIR')) return undefined;
    throw new Error(`the file ${path} in the cache cannot be read: ${problemReason(error)}.`, {
      cause: error,
    });
  }
  await rm(path, { force: true, recursive: true });
  onProgress?.({ event: 'damaged', file: path, reason });
  return undefined;
}
