import { bundledExperiments } from '../experiment/bundled-experiments.js';
import { resolveExperiment } from '../experiment/resolve-experiment.js';
import { printJson } from '../printing/print-json.js';
import { UserError } from '../records/user-error.js';

/** Prints the experiments that come with the bench, of one study or of all, with what they stand beside. */
export function listExperiments(study: string | undefined, { json }: { readonly json?: true }): void {
  const bundled = bundledExperiments();
  const chosen = bundled.filter(({ name }) => study === undefined || name.startsWith(`${study}/`));
  if (chosen.length === 0) {
    const studies = [...new Set(bundled.map(({ name }) => name.split('/')[0]!))];
    throw new UserError(`There is no study ${study ?? ''}. There is ${studies.join(', ')}.`);
  }
  const rows = chosen.map(({ name, path }) => ({
    command: `bench run ${name}`,
    path,
    experiment: resolveExperiment(name),
  }));
  if (json) {
    printJson(rows);
    return;
  }
  const width = Math.max(...chosen.map(({ name }) => name.length));
  for (const [index, { experiment }] of rows.entries()) {
    const [published] = experiment.reproduces;
    const beside =
      published?.value === undefined
        ? ''
        : `  [${published.table}: ${formatPublished(published.metric, published.value)}]`;
    process.stdout.write(`${chosen[index]!.name.padEnd(width)}  ${experiment.title}${beside}\n`);
  }
}

function formatPublished(metric: string, value: number): string {
  return metric === 'accuracy' ? `${(100 * value).toFixed(1)} %` : String(value);
}
