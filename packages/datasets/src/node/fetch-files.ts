import { createReadStream } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { SourceCard } from '../dataset-card.js';
import { datasetFolder } from './cache-folder.js';
import type { DatasetDefinition, SourceDefinition } from './dataset-definition.js';
import { downloadFile } from './download-file.js';
import { isFileProblem, problemReason } from './file-problem.js';
import type { OnDatasetProgress } from './progress.js';
import { readCacheFile } from './read-cache-file.js';
import { sha256 } from './sha256.js';
import { makeWorkFolder } from './work-folder.js';

/** How `getDataset` fetches. */
export interface GetDatasetOptions {
  /** The folder that holds one folder a dataset. Default: see `datasetFolder`. */
  readonly cacheFolder?: string;
  /** Is told what happens; see `DatasetProgress`. */
  readonly onProgress?: OnDatasetProgress;
  /** Stops the work; the promise rejects with the signal's reason, and nothing half-done stays. */
  readonly signal?: AbortSignal;
}

/** Where a dataset's files are. */
export interface StoredDataset {
  readonly folder: string;
  /** The official layout's file names. */
  readonly files: readonly string[];
  /** The title of the source that the files came from just now; absent when all were in the cache. */
  readonly source?: string;
}

/** Sees to it that all files of a dataset are in the cache; see `getDataset`. */
export async function fetchFiles(
  definition: DatasetDefinition,
  options: GetDatasetOptions,
): Promise<StoredDataset> {
  const folder = datasetFolder(definition.card.name, options.cacheFolder);
  const files = Object.values(definition.splits).flat();
  const stored = { folder, files: files.map((file) => file.name) };
  let complete = true;
  for (const file of files) {
    complete = (await readCacheFile(folder, file, options)) !== undefined && complete;
  }
  if (complete) return stored;
  try {
    const workFolder = await makeWorkFolder(folder);
    try {
      const source = await firstThatWorks(
        definition.card.title,
        definition.sources,
        (one) => fetchFrom(one, definition, folder, workFolder, options),
        options,
      );
      return { ...stored, source };
    } finally {
      await rm(workFolder, { recursive: true, force: true });
    }
  } catch (error) {
    throw cacheError(error, folder);
  }
}

/** A problem of the file system in the cache, with what to do; other errors stay as they are. */
export function cacheError(error: unknown, folder: string): unknown {
  if (!isFileProblem(error)) return error;
  return new Error(
    `the cache folder ${folder} cannot be written: ${problemReason(error)}. Make room or choose another folder ` +
      '(the option cacheFolder, or the environment variable HYPERSPHERICAL_CACHE).',
    { cause: error },
  );
}

/** Tries one source after the other; the title of the one that worked. */
export async function firstThatWorks<Source extends Pick<SourceCard, 'title' | 'location'>>(
  title: string,
  sources: readonly Source[],
  fetchOne: (source: Source) => Promise<void>,
  { signal, onProgress }: GetDatasetOptions,
  byOtherMeans = 'by other means',
): Promise<string> {
  const failures: string[] = [];
  for (const [number, source] of sources.entries()) {
    const { location } = source;
    try {
      await fetchOne(source);
      return source.title;
    } catch (error) {
      signal?.throwIfAborted();
      if (isFileProblem(error)) throw error;
      const reason = problemReason(error);
      failures.push(`${source.title} (${location}): ${reason}`);
      const next = sources[number + 1]?.title;
      onProgress?.({
        event: 'source-failed',
        source: source.title,
        location,
        reason,
        ...(next !== undefined && { next }),
      });
    }
  }
  throw new Error(
    `${title} could not be downloaded. ${failures.join('; ')}. Check the network and the proxy settings, or get ` +
      `${sources[0]!.location} ${byOtherMeans} and give the folder that holds it as the data folder.`,
  );
}

async function fetchFrom(
  source: SourceDefinition,
  definition: DatasetDefinition,
  folder: string,
  workFolder: string,
  options: GetDatasetOptions,
): Promise<void> {
  const entries = await download(source, workFolder, options);
  const right = new Map(
    Object.values(definition.splits).flatMap((files) => files.map((file) => [file.name, file.sha256])),
  );
  let filesDone = 0;
  for (const { name, bytes } of source.convert(entries)) {
    options.signal?.throwIfAborted();
    if (sha256(bytes) !== right.get(name)) {
      throw new Error(`${name} from ${source.location} is not the official file: its SHA-256 differs`);
    }
    const unfinished = join(workFolder, name);
    await writeDurably(unfinished, bytes);
    await rename(unfinished, join(folder, name));
    filesDone += 1;
    options.onProgress?.({ event: 'unpack', file: name, filesDone, filesTotal: right.size });
  }
}

/** Downloads everything that a source has, and takes from it what is wanted. */
async function download(
  { title, location, downloads }: SourceDefinition,
  workFolder: string,
  { signal, onProgress }: GetDatasetOptions,
): Promise<ReadonlyMap<string, Uint8Array>> {
  const bytesTotal = downloads.reduce((sum, { bytes }) => sum + bytes, 0);
  const entries = new Map<string, Uint8Array>();
  let bytesBefore = 0;
  for (const one of downloads) {
    const path = join(workFolder, 'download');
    const onBytes = (bytes: number): void => {
      onProgress?.({
        event: 'download',
        source: title,
        location,
        bytesDone: bytesBefore + bytes,
        bytesTotal,
      });
    };
    await downloadFile(one, path, { onBytes, ...(signal && { signal }) });
    for (const [name, bytes] of await one.read(createReadStream(path), one.location, signal)) {
      entries.set(name, bytes);
    }
    bytesBefore += one.bytes;
  }
  return entries;
}

async function writeDurably(path: string, bytes: Uint8Array): Promise<void> {
  const file = await open(path, 'w');
  try {
    await file.writeFile(bytes);
    // Without this a power cut could leave a name without its contents.
    await file.sync();
  } finally {
    await file.close();
  }
}
