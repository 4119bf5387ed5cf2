import type { DownloadSource } from './download-source.js';

const leastBytesPerSecond = 1024;

/** Beyond the expected size, so that a wrong file is still reported by its checksum. */
const mostExtraBytes = 2 ** 16;

/**
 * Aborts a download that goes silent, trickles (less than 1 KiB a second), or is larger than it may be.
 *
 * @param onAbort - Is called once, with the reason.
 */
export function downloadWatch(
  { location, bytes, patienceSeconds }: DownloadSource,
  onAbort: (reason: Error) => void,
): { readonly report: (bytesDone: number) => void; readonly end: () => void } {
  let counted = 0;
  let received = 0;
  const least = patienceSeconds * leastBytesPerSecond;
  const most = bytes + mostExtraBytes;
  const timer = setTimeout(() => {
    const sent = received === counted ? 'nothing' : `only ${received - counted} bytes`;
    onAbort(new Error(`${location} sent ${sent} for ${patienceSeconds} seconds`));
  }, patienceSeconds * 1000);
  return {
    report: (bytesDone) => {
      // A second try begins again.
      if (bytesDone < counted) counted = 0;
      received = bytesDone;
      if (bytesDone - counted >= least) {
        counted = bytesDone;
        timer.refresh();
      }
      if (bytesDone > most) {
        onAbort(new Error(`${location} sent more than ${bytesDone} bytes, and ${bytes} are right`));
      }
    },
    end: () => {
      clearTimeout(timer);
    },
  };
}
