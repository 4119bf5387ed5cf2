/** How slow something may be. */
export interface Pace {
  /** The longest silence. */
  readonly silenceMilliseconds: number;
  /** The fewest bytes in so much time. */
  readonly leastBytes: number;
  readonly perMilliseconds: number;
}

/** What a slow line keeps to, and a server that holds on by single bytes does not. */
export const usualPace: Pace = {
  silenceMilliseconds: 30_000,
  leastBytes: 60_000,
  perMilliseconds: 60_000,
};

/** Watches how fast bytes come. */
export interface PaceWatch {
  /** So many bytes came in all; fewer than before when a download began again. */
  saw(bytesDone: number): void;
  close(): void;
}

/** Calls `giveUp` once with the reason when nothing, or too little, comes. */
export function watchPace(giveUp: (reason: string) => void, pace: Pace): PaceWatch {
  const { silenceMilliseconds, leastBytes, perMilliseconds } = pace;
  let bytes = 0;
  let bytesBefore = 0;
  const silence = setTimeout(() => {
    giveUp(`it sent nothing for ${silenceMilliseconds / 1000} seconds`);
  }, silenceMilliseconds);
  const slowness = setInterval(() => {
    if (bytes - bytesBefore < leastBytes) {
      giveUp(`it sent ${bytes - bytesBefore} bytes in ${perMilliseconds / 1000} seconds`);
    }
    bytesBefore = bytes;
  }, perMilliseconds);
  return {
    saw(bytesDone) {
      silence.refresh();
      bytesBefore = Math.min(bytesBefore, bytesDone);
      bytes = bytesDone;
    },
    close() {
      clearTimeout(silence);
      clearInterval(slowness);
    },
  };
}
