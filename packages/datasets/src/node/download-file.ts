import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { notData } from '../not-data.js';
import { downloadDebianPackage } from './download-debian-package.js';
import type { DownloadSource } from './download-source.js';
import { downloadWatch } from './download-watch.js';
import { httpsOnly } from './https-only.js';
import { npmOptions } from './npm-options.js';
import { refusePlainHttp } from './refuse-plain-http.js';

/**
 * Downloads something to a file with npm's own fetcher, so that the user's registry, proxies and certificates apply, and checks its sum.
 *
 * @throws {Error} When the source is neither https nor on this machine, cannot be reached, goes silent, trickles, sends more than it should, or something else.
 */
export async function downloadFile(
  source: DownloadSource,
  path: string,
  { signal, onBytes }: { readonly signal?: AbortSignal; readonly onBytes?: (bytesDone: number) => void },
): Promise<void> {
  if (source.spec.startsWith('apt:')) {
    await downloadDebianPackage(source, path, {
      onBytes: onBytes ?? (() => undefined),
      ...(signal && { signal }),
    });
    return;
  }
  const silence = new AbortController();
  const everySignal = signal ? AbortSignal.any([signal, silence.signal]) : silence.signal;
  refusePlainHttp(source.spec);
  // Loaded here because it takes longer than reading a whole dataset from the cache.
  const { default: pacote } = await import('pacote');
  const npm = await npmOptions();
  const watch = downloadWatch(source, (reason) => {
    silence.abort(reason);
  });
  const received = { start: new Uint8Array(0) };
  try {
    const options = {
      ...npm,
      // npm's cache would keep a second copy of the archive.
      cache: undefined,
      preferOnline: true,
      // The sum is checked below, after the watch has seen every byte.
      ...(source.retries !== undefined && { retry: { retries: source.retries } }),
      signal: everySignal,
    };
    await httpsOnly(() =>
      pacote.tarball.stream(
        source.spec,
        (stream) => save(stream, path, source, everySignal, { watch, onBytes, received }),
        options,
      ),
    );
  } catch (error) {
    everySignal.throwIfAborted();
    const other = received.start.length > 0 ? notData(received.start) : undefined;
    if (other?.startsWith('an HTML page')) {
      throw new Error(`${source.location} sent an HTML page (of a login or an error), not the data`, {
        cause: error,
      });
    }
    throw error;
  } finally {
    watch.end();
  }
}

/** What follows a stream while it arrives. */
interface Receiver {
  readonly watch: Pick<ReturnType<typeof downloadWatch>, 'report'>;
  readonly onBytes: ((bytesDone: number) => void) | undefined;
  /** Is set to the first bytes, which say what came instead. */
  readonly received: { start: Uint8Array };
}

/** Writes a stream to a file, from its beginning (pacote calls this again when it tries again), and checks its sum. */
async function save(
  stream: Readable,
  path: string,
  { location, integrity }: DownloadSource,
  signal: AbortSignal,
  { watch, onBytes, received }: Receiver,
): Promise<void> {
  const algorithm = integrity.slice(0, integrity.indexOf('-'));
  const hash = createHash(algorithm);
  let bytesDone = 0;
  let reported = 0;
  const file = createWriteStream(path, { flush: true });
  try {
    // Listeners, not a loop over the stream: its errors may come at any moment, and one that nobody hears ends the process.
    await new Promise<void>((resolve, reject) => {
      stream.on('error', reject);
      file.on('error', reject);
      file.on('close', resolve);
      signal.addEventListener('abort', () => {
        reject(signal.reason as Error);
      });
      stream.on('data', (chunk: Uint8Array) => {
        hash.update(chunk);
        if (bytesDone === 0) received.start = Uint8Array.from(chunk.subarray(0, 512));
        bytesDone += chunk.length;
        watch.report(bytesDone);
        if (performance.now() - reported < 100) return;
        reported = performance.now();
        try {
          onBytes?.(bytesDone);
        } catch (error) {
          reject(error instanceof Error ? error : new Error(String(error)));
        }
      });
      stream.pipe(file);
    });
  } finally {
    file.destroy();
  }
  onBytes?.(bytesDone);
  const found = `${algorithm}-${hash.digest('base64')}`;
  if (found !== integrity) {
    throw new Error(`${location} sent ${bytesDone} bytes with the checksum ${found}, not ${integrity}`);
  }
}
