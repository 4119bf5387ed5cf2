import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { DatasetFile } from '../dataset-file.js';
import type { DatasetDefinition } from './definitions.js';
import { isFileProblem, problemReason } from './file-problem.js';
import { readTarEntries } from './read-tar-entries.js';

/**
 * Reads one split's files from a folder of the user's: the official files in it, or in the official folder inside it, or the
 * official archive in it; `folder` may also be the archive itself.
 *
 * @throws {Error} When none of these is there, one of several files is missing, or a file cannot be read.
 */
export async function readUserFiles(
  definition: DatasetDefinition,
  split: string,
  folder: string,
  signal?: AbortSignal,
): Promise<readonly DatasetFile[]> {
  const kind = await kindOf(folder);
  if (kind === 'nothing') {
    throw new Error(`the data folder ${folder} does not exist. ${whatIsRight(definition, split)}`);
  }
  if (kind === 'file') return readArchive(definition, split, folder, signal);
  const names = definition.splits[split]!.map(({ name }) => name);
  for (const place of [folder, join(folder, definition.folder)]) {
    const kinds = await Promise.all(names.map((name) => kindOf(join(place, name))));
    if (kinds.some((one) => one === 'file')) {
      const missing = names.filter((_, index) => kinds[index] !== 'file');
      if (missing.length > 0) {
        throw new Error(
          `the data folder ${place} lacks ${missing.join(', ')}. ${whatIsRight(definition, split)}`,
        );
      }
      return readFiles(definition, split, place, signal);
    }
  }
  const archive = join(folder, definition.archive);
  if ((await kindOf(archive)) === 'file') return readArchive(definition, split, archive, signal);
  throw new Error(
    `the data folder ${folder} has no files of ${definition.card.title} ${split}. ${whatIsRight(definition, split)}`,
  );
}

function whatIsRight({ splits, folder, archive }: DatasetDefinition, split: string): string {
  const names = splits[split]!.map(({ name }) => name).join(', ');
  return `Give a folder that has ${names}, or that has the folder ${folder} with these, or the archive ${archive}.`;
}

async function kindOf(path: string): Promise<'file' | 'folder' | 'nothing'> {
  try {
    const status = await stat(path);
    return status.isDirectory() ? 'folder' : 'file';
  } catch (error) {
    if (isFileProblem(error) && (error.code === 'ENOENT' || error.code === 'ENOTDIR')) return 'nothing';
    throw new Error(`${path} cannot be read: ${problemReason(error)}.`, { cause: error });
  }
}

async function readFiles(
  definition: DatasetDefinition,
  split: string,
  place: string,
  signal?: AbortSignal,
): Promise<readonly DatasetFile[]> {
  const files: DatasetFile[] = [];
  for (const { name, bytes: mostBytes } of definition.splits[split]!) {
    const path = join(place, name);
    try {
      const { size } = await stat(path);
      if (size > mostBytes)
        throw new RangeError(`${path} has ${size} bytes; at most ${mostBytes} are right.`);
      files.push({ name: path, bytes: await readFile(path, { signal }) });
    } catch (error) {
      signal?.throwIfAborted();
      if (!isFileProblem(error)) throw error;
      throw new Error(`${path} cannot be read: ${problemReason(error)}.`, { cause: error });
    }
  }
  return files;
}

async function readArchive(
  definition: DatasetDefinition,
  split: string,
  path: string,
  signal?: AbortSignal,
): Promise<readonly DatasetFile[]> {
  const files = definition.splits[split]!;
  const wish = {
    files: files.map(({ name }) => name),
    folder: definition.folder,
    fileBytes: Math.max(...files.map(({ bytes }) => bytes)),
  };
  try {
    const entries = await readTarEntries(createReadStream(path), path, wish, signal);
    return wish.files.map((name) => ({ name: `${name} in ${path}`, bytes: entries.get(name)! }));
  } catch (error) {
    if (!isFileProblem(error)) throw error;
    throw new Error(`${path} cannot be read: ${problemReason(error)}.`, { cause: error });
  }
}
