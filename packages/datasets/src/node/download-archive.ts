import { open } from 'node:fs/promises';
import pacote from 'pacote';
import { npmOptions } from './npm-options.js';
import { type OnDatasetProgress } from './progress.js';

/** Where an archive comes from and how it is recognised. */
export interface ArchiveSource {
  readonly title: string;
  /** What pacote calls it: a URL of a `.tar.gz`, or a package as `name@version`. */
  readonly spec: string;
  /** Where it is, for people. */
  readonly location: string;
  /** Its sum, as Subresource Integrity: `<algorithm>-<base64>`. */
  readonly integrity: string;
  readonly bytes: number;
  /** After how many seconds without a byte it is given up. */
  readonly patienceSeconds: number;
  /** How often a failed connection is tried again. */
  readonly retries: number;
}

/**
 * Downloads an archive to a file with npm's own fetcher, so that the user's registry, proxies and certificates apply, and checks its sum.
 *
 * @throws {Error} When the source cannot be reached, goes silent, or sends something else.
 */
export async function downloadArchive(
  source: ArchiveSource,
  path: string,
  { signal, onProgress }: { readonly signal?: AbortSignal; readonly onProgress?: OnDatasetProgress },
): Promise<void> {
  const silence = new AbortController();
  const everySignal = signal ? AbortSignal.any([signal, silence.signal]) : silence.signal;
  const watch = setTimeout(() => {
    silence.abort(new Error(`${source.location} sent nothing for ${source.patienceSeconds} seconds`));
  }, source.patienceSeconds * 1000);
  try {
    const options = {
      ...(await npmOptions()),
      // npm's cache would keep a second copy of the archive.
      cache: undefined,
      preferOnline: true,
      integrity: source.integrity,
      retry: { retries: source.retries, minTimeout: 1000 },
      signal: everySignal,
    };
    const report = (bytesDone: number): void => {
      watch.refresh();
      onProgress?.({
        event: 'download',
        source: source.title,
        location: source.location,
        bytesDone,
        bytesTotal: source.bytes,
      });
    };
    await pacote.tarball.stream(source.spec, (stream) => save(stream, path, everySignal, report), options);
  } catch (error) {
    everySignal.throwIfAborted();
    throw error;
  } finally {
    clearTimeout(watch);
  }
}

/** Writes a stream to a file, from its beginning: pacote calls this again when it tries again. */
async function save(
  stream: AsyncIterable<Uint8Array>,
  path: string,
  signal: AbortSignal,
  report: (bytesDone: number) => void,
): Promise<void> {
  const file = await open(path, 'w');
  try {
    let bytesDone = 0;
    let reported = 0;
    for await (const chunk of stream) {
      signal.throwIfAborted();
      await file.write(chunk);
      bytesDone += chunk.length;
      if (performance.now() - reported > 100) {
        reported = performance.now();
        report(bytesDone);
      }
    }
    report(bytesDone);
    await file.sync();
  } finally {
    await file.close();
  }
}
