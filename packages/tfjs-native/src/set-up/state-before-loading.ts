import { createHash } from 'node:crypto';
import { closeSync, openSync, readSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { engineState, type EngineState, manifestName } from './engine-manifest.js';

function sha256Of(path: string): string {
  const hash = createHash('sha256');
  const memory = Buffer.allocUnsafe(1 << 20);
  const file = openSync(path, 'r');
  try {
    for (let count; (count = readSync(file, memory)) > 0;) hash.update(memory.subarray(0, count));
  } finally {
    closeSync(file);
  }
  return hash.digest('hex');
}

/**
 * Looks at an engine before it is loaded, since loading a damaged library ends the process. The manifest is written last, so a file
 * that is newer than it was changed or copied since: only such files are read, and their sha256 compared. When all are right,
 * the manifest gets the present time, so that the next start is quick again.
 */
export function stateBeforeLoading(folder: string): EngineState {
  const quick = engineState(folder);
  if (quick.state !== 'ready') return quick;
  const manifest = join(folder, manifestName);
  const { mtimeMs } = statSync(manifest);
  const newer = quick.manifest.files.filter(({ path }) => statSync(join(folder, path)).mtimeMs > mtimeMs);
  if (newer.length === 0) return quick;
  const now = new Date();
  for (const { path, sha256 } of newer) {
    const found = sha256Of(join(folder, path));
    if (found !== sha256) {
      return { state: 'damaged', reason: `${path} has sha256 ${found} instead of ${sha256}` };
    }
  }
  try {
    utimesSync(manifest, now, now);
  } catch {
    // The cache may be read-only: the next start compares again.
  }
  return quick;
}
