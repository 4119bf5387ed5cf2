import { join } from 'node:path';
import { createSweepView, type SweepView } from '../printing/sweep-view.js';
import type { SweepReporter, SweepRun } from './sweep-event.js';

/** Shows a sweep: bars on a terminal that can move its cursor, a line for each run that begins or ends elsewhere. */
export function createSweepReporter(stream: NodeJS.WriteStream): SweepReporter {
  let view: SweepView | undefined;
  let out = '';
  const begun = new Set<string>();

  const begin = ({ id, title, seed, attempts, host, folder }: SweepRun): void => {
    const place = host === undefined ? '' : ` on ${host}`;
    const again = attempts > 1 ? `, attempt ${attempts}` : '';
    begun.add(id);
    view?.start({
      id,
      title: `${title}, seed ${seed}${place}${again}`,
      // Another machine's run tells by messages where it is.
      ...(host === undefined ? { folder: join(out, folder) } : {}),
    });
  };

  const show = (run: SweepRun): void => {
    const { id, title, seed, status, reason, result } = run;
    switch (status) {
      case 'running':
        begin(run);
        return;
      case 'waiting':
        view?.log(`${title}, seed ${seed}: to be begun again${reason === undefined ? '' : `: ${reason}`}`);
        return;
      case 'completed':
      case 'diverged':
      case 'interrupted':
      case 'refused':
      case 'failed':
        // A short run may come back from its worker before anybody has seen it begin.
        if (!begun.has(id)) begin(run);
        view?.end(id, result ?? [status, ...(reason === undefined ? [] : [reason])].join(': '));
    }
  };

  return {
    report(event) {
      switch (event.kind) {
        case 'sweep-start': {
          ({ out } = event);
          const total = event.runs.length;
          const done = event.runs.filter(({ result }) => result !== undefined).length;
          stream.write(
            `${event.name}: ${total} ${total === 1 ? 'run' : 'runs'}${done === 0 ? '' : `, ${done} of them finished before`}, in ${out}\n`,
          );
          view = createSweepView(stream, { total, done });
          return;
        }
        case 'run-change':
          show(event.run);
          return;
        case 'run-progress':
          view?.update(event.run.id, event.progress);
          return;
        case 'message':
          if (view) view.log(event.text);
          else stream.write(`${event.text}\n`);
      }
    },
    close() {
      view?.close();
      view = undefined;
    },
  };
}
