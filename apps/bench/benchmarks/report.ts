// A report of many runs, with the process's start: reading, averaging, drawing, writing.
//   node --conditions=@hyperspherical/source --import tsx apps/bench/benchmarks/report.ts
// Options: --json (one document), --runs 500, --epochs 100, --repeats 5. Runs have 100 classes, with confusions and spheres.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { manyExperiments, writeSyntheticRuns } from '../test/synthetic-runs.js';

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    runs: { type: 'string', default: '500' },
    epochs: { type: 'string', default: '100' },
    repeats: { type: 'string', default: '5' },
  },
});
const cli = fileURLToPath(new URL('../src/cli.ts', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'bench-report-'));
try {
  const runs = join(folder, 'runs');
  writeSyntheticRuns(runs, manyExperiments(Number(values.runs), Number(values.epochs)));
  const rows = ['markdown', 'markdown,html', 'markdown,html,svg', 'markdown,html,svg,png,latex'].map(
    (format) => {
      const out = join(folder, format);
      const times = Array.from({ length: Number(values.repeats) }, () => seconds(runs, format, out));
      return {
        format,
        runs: Number(values.runs),
        seconds: Number(median(times).toFixed(2)),
        megabytes: Number((size(out) / 1e6).toFixed(1)),
      };
    },
  );
  if (values.json) console.log(JSON.stringify({ cpu: cpus()[0]?.model, node: process.version, rows }));
  else console.table(rows);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function seconds(runs: string, format: string, out: string): number {
  const start = performance.now();
  const { status, stderr } = spawnSync(
    process.execPath,
    [
      '--conditions=@hyperspherical/source',
      '--import',
      'tsx',
      cli,
      'report',
      runs,
      '--out',
      out,
      '--format',
      format,
    ],
    { encoding: 'utf8' },
  );
  if (status !== 0) throw new Error(stderr);
  return (performance.now() - start) / 1000;
}

function median(numbers: readonly number[]): number {
  return [...numbers].sort((left, right) => left - right)[Math.floor(numbers.length / 2)]!;
}

function size(path: string): number {
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0);
}
