import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { DatasetFile } from '../dataset-file.js';
import { notData } from '../not-data.js';
import type { DatasetDefinition, FileDefinition } from './dataset-definition.js';
import { isFileProblem, problemReason } from './file-problem.js';
import { gunzipFile } from './gunzip-file.js';
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
  if (kind === 'file') {
    if (definition.archive !== undefined) return readArchive(definition, split, folder, signal);
    throw new Error(`the data folder ${folder} is a file. ${whatIsRight(definition, split)}`);
  }
  const files = definition.splits[split]!;
  for (const place of [folder, ...definition.folders.map((inside) => join(folder, inside))]) {
    const paths = await Promise.all(files.map((file) => findFile(place, file)));
    if (paths.some((path) => path !== undefined)) {
      const missing = files.filter((_, index) => paths[index] === undefined).map(({ name }) => name);
      if (missing.length > 0) {
        throw new Error(
          `the data folder ${place} lacks ${missing.join(', ')}. ${whatIsRight(definition, split)}`,
        );
      }
      return Promise.all(files.map((file, index) => readFileOf(file, paths[index]!, signal)));
    }
  }
  if (definition.archive !== undefined) {
    const stem = definition.archive.replace(/\.tar\.gz$/, '');
    for (const ending of ['.tar.gz', '.tgz', '.tar']) {
      const archive = join(folder, `${stem}${ending}`);
      if ((await kindOf(archive)) === 'file') return readArchive(definition, split, archive, signal);
    }
  }
  throw new Error(
    `the data folder ${folder} has no files of ${definition.card.title} ${split}. ${whatIsRight(definition, split)}`,
  );
}

/** The path of a file under any of its names, if it is in the folder. */
async function findFile(
  folder: string,
  { name, otherNames = [] }: FileDefinition,
): Promise<string | undefined> {
  for (const one of [name, ...otherNames, `${name}.gz`]) {
    const path = join(folder, one);
    if ((await kindOf(path)) === 'file') return path;
  }
  return undefined;
}

function whatIsRight({ splits, folders, archive }: DatasetDefinition, split: string): string {
  const names = splits[split]!.map(({ name }) => name).join(', ');
  const gzipped = splits[split]!.some(({ otherNames = [] }) =>
    otherNames.some((name) => name.endsWith('.gz')),
  );
  return (
    `Give a folder that has ${names}${gzipped ? ' (also gzipped)' : ''}, or that has the folder ${folders[0]!} with these` +
    `${archive === undefined ? '' : `, or the archive ${archive}`}.`
  );
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

async function readFileOf(
  { bytes: mostBytes }: FileDefinition,
  path: string,
  signal?: AbortSignal,
): Promise<DatasetFile> {
  try {
    // Packed, even what cannot be compressed is larger by a few bytes only.
    const { size } = await stat(path);
    if (size > mostBytes * 1.01 + 1024) {
      throw new RangeError(`${path} has ${size} bytes; at most ${mostBytes} are right.`);
    }
    const bytes = await readFile(path, { signal });
    // First bytes say what a file is, not its name: a browser may have unpacked it and left the name.
    const other = notData(bytes);
    if (other?.includes('gzip')) return { name: path, bytes: gunzipFile(bytes, path, mostBytes) };
    if (other !== undefined) throw new RangeError(`${path} is ${other}.`);
    if (size > mostBytes) throw new RangeError(`${path} has ${size} bytes; at most ${mostBytes} are right.`);
    return { name: path, bytes };
  } catch (error) {
    signal?.throwIfAborted();
    if (!isFileProblem(error)) throw error;
    throw new Error(`${path} cannot be read: ${problemReason(error)}.`, { cause: error });
  }
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
    folder: definition.folders[0]!,
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
