import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createProgressTracker } from './progress-tracker.js';
import { temporaryPath } from './temporary-files.js';
import type { Reporter } from './training-event.js';

const writeMilliseconds = 1000;

/**
 * Keeps the run's `progress.json`, replaced by a rename about once a second, and at once when the phase changes. It is written on
 * while a long test goes on, as a sign of life. A failure to write is no reason to stop a run: it leaves the old file.
 */
export function createProgressWriter(): Reporter {
  const tracker = createProgressTracker();
  let path: string | undefined;
  let written = -Infinity;
  let timer: NodeJS.Timeout | undefined;

  const write = (phase?: 'ended'): void => {
    const progress = tracker.current();
    if (path === undefined || progress === undefined) return;
    written = performance.now();
    const temporary = temporaryPath(path);
    try {
      // Not flushed to disk: after a power cut nobody needs it.
      writeFileSync(
        temporary,
        `${JSON.stringify({ ...progress, ...(phase && { phase, secondsLeft: null }) })}\n`,
      );
      renameSync(temporary, path);
    } catch {
      // The folder is gone, or the disk is full: the run itself will say so.
    }
  };
  const end = (): void => {
    clearInterval(timer);
    write('ended');
    path = undefined;
  };

  return {
    report(event) {
      tracker.update(event);
      switch (event.kind) {
        case 'run-start':
          path = join(event.folder, 'progress.json');
          clearInterval(timer);
          timer = setInterval(write, writeMilliseconds).unref();
          write();
          break;
        case 'step-end':
          if (performance.now() - written >= writeMilliseconds) write();
          break;
        case 'evaluation-start':
        case 'epoch-end':
          write();
          break;
        case 'run-end':
          end();
          break;
      }
    },
    close: end,
  };
}
