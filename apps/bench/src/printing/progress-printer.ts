import { createLiveLines } from './live-lines.js';
import { printableLine } from '../records/printable.js';

/** Shows how a long piece of work gets on, until closed. */
export interface ProgressPrinter {
  /**
   * @param stage - What is being done; where lines cannot change, each stage is told once.
   * @param message - The stage with how far it is.
   */
  show(stage: string, message: string): void;
  /** Prints a line that stays. */
  note(message: string): void;
  close(): void;
}

/** On a terminal one line that changes; elsewhere one line a stage. */
export function createProgressPrinter(stream: NodeJS.WriteStream): ProgressPrinter {
  const draw = stream.isTTY ? createLiveLines(stream) : undefined;
  let shown = '';
  return {
    show(stage, message) {
      if (draw) draw(printableLine(message));
      else if (stage !== shown) stream.write(`${printableLine(stage)}\n`);
      shown = stage;
    },
    note(message) {
      draw?.clear();
      stream.write(`${message}\n`);
    },
    close() {
      draw?.clear();
      draw?.done();
    },
  };
}
