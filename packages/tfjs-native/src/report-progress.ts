import type { SetUpProgress } from './set-up/set-up-progress.js';

/** Shows progress: one line that changes on a terminal, elsewhere one line a step. */
export interface ProgressReport {
  readonly tell: (progress: SetUpProgress) => void;
  /** Takes the changing line away. */
  readonly clear: () => void;
  /** Takes the changing line away and writes a last one. */
  readonly finish: (message: string) => void;
}

/** Shows progress on a stream. */
export function reportProgress(stream: NodeJS.WritableStream & { readonly isTTY?: boolean }): ProgressReport {
  let lastStep: string | undefined;
  let shown = false;
  const clear = (): void => {
    if (shown) stream.write('\r\u001b[K');
    shown = false;
  };
  return {
    clear,
    tell: ({ step, message }) => {
      if (stream.isTTY) {
        stream.write(`\r\u001b[K${message}`);
        shown = true;
      } else if (step !== lastStep) {
        stream.write(`${message.replace(/: \d+ %$/, '')}\n`);
      }
      lastStep = step;
    },
    finish: (message) => {
      clear();
      stream.write(`${message}\n`);
    },
  };
}
