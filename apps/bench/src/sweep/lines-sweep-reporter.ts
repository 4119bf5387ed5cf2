import type { SweepReporter, SweepRun } from './sweep-event.js';

/** One line for each run that begins or ends, for logs and pipes. */
export function createLinesSweepReporter(stream: NodeJS.WritableStream): SweepReporter {
  let total = 0;
  const ended = new Set<string>();
  const line = (run: SweepRun): string => {
    const name = `${run.title}, seed ${run.seed}`;
    const host = run.host === undefined ? '' : ` on ${run.host}`;
    const because = run.reason === undefined ? '' : `: ${run.reason}`;
    const count = `[${ended.size}/${total}]`;
    switch (run.status) {
      case 'running':
        return `${count} begun${host}: ${name}${run.attempts > 1 ? ` (attempt ${run.attempts})` : ''}`;
      case 'completed':
        return `${count} completed${host}: ${name}${formatFinal(run)}`;
      case 'waiting':
        return `${count} to be begun again: ${name}${because}`;
      case 'interrupted':
      case 'diverged':
      case 'refused':
      case 'failed':
        return `${count} ${run.status}${host}: ${name}${because}`;
    }
  };
  return {
    report(event) {
      if (event.kind === 'sweep-start') {
        total = event.runs.length;
        for (const run of event.runs) if (isOver(run)) ended.add(run.id);
        const earlier = ended.size === 0 ? '' : `, ${ended.size} of them finished before`;
        stream.write(`${event.name}: ${total} ${total === 1 ? 'run' : 'runs'}${earlier}, in ${event.out}\n`);
      } else if (event.kind === 'run-change') {
        if (isOver(event.run)) ended.add(event.run.id);
        stream.write(`${line(event.run)}\n`);
      } else if (event.kind === 'message') {
        stream.write(`${event.text}\n`);
      }
    },
    close() {
      // Nothing to put back.
    },
  };
}

function isOver({ status }: SweepRun): boolean {
  return ['completed', 'diverged', 'refused', 'failed'].includes(status);
}

function formatFinal({ result }: SweepRun): string {
  const value = result?.final?.metrics[result.metric.name];
  if (result === undefined || value === undefined) return '';
  const unit = result.metric.unit === undefined ? '' : ` ${result.metric.unit}`;
  return `, ${result.metric.name} ${Number(value.toPrecision(4))}${unit}, ${Math.round(result.seconds)} s`;
}
