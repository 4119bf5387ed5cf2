/**
 * How good and how fast: every cell beside the proven bound, the wanted cosine and, if a peer is given, the paper's method in PyTorch,
 * run one after the other on the same machine.
 *
 *     node --conditions=@hyperspherical/source --import tsx packages/prototypes/benchmarks/separation.ts \
 *       [--json] [--peer torch_prototypes.py] [--python python3] [--cells 100x25,200x50] [--sphere] [--growth] [--largest]
 *
 * `--sphere` adds points in 3 dimensions beside the best known angles, `--growth` the cost for more classes, `--largest` 10,000 classes
 * in 256 dimensions (an hour).
 */
import { spawnSync } from 'node:child_process';
import { availableParallelism, cpus, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import {
  createPrototypes,
  logSumExpPrototypes,
  separation,
  separationBound,
} from '@hyperspherical/prototypes';
import { bestKnownDegrees } from './best-known-degrees.js';
import { printTable } from './print-table.js';

const { values: flags } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    peer: { type: 'string' },
    python: { type: 'string', default: 'python3' },
    cells: { type: 'string' },
    sphere: { type: 'boolean', default: false },
    growth: { type: 'boolean', default: false },
    largest: { type: 'boolean', default: false },
  },
});

// The cosine that each cell must reach with default options.
const wanted: Readonly<Record<string, number>> = {
  '10x3': 0.4044,
  '12x3': 0.44731,
  '120x4': 0.80912,
  '16x5': 0.2001,
  '27x6': 0.2501,
  '56x7': 0.33343,
  '240x8': 0.5001,
  '100x10': 0.34,
  '200x10': 0.457,
  '100x22': 1 / 11 + 1e-6,
  '100x25': 0.1125,
  '100x50': 1e-6,
  '200x50': 0.0775,
  '100x100': -1 / 99 + 1e-6,
  '1000x100': 0.1,
};

interface Cell {
  readonly classes: number;
  readonly dimensions: number;
  readonly bound: number;
  readonly boundName: string;
  readonly wanted: number | undefined;
  readonly method: string;
  readonly maxCosine: number;
  readonly seconds: number;
  readonly logSumExp: { readonly maxCosine: number; readonly seconds: number } | undefined;
  readonly peer: { readonly maxCosine: number; readonly seconds: number } | undefined;
}

interface SphereRow {
  readonly points: number;
  readonly degrees: number;
  readonly bestKnown: number | undefined;
  readonly percentBelow: number | undefined;
  readonly restarts: number;
  readonly seconds: number;
}

const peerMissing = flags.peer === undefined ? 'no --peer given' : peerTrouble(flags.peer);
const cells: Cell[] = [];
for (const name of flags.cells?.split(',') ?? Object.keys(wanted)) {
  const [classes, dimensions] = name.split('x').map(Number) as [number, number];
  process.stderr.write(`${name}\n`);
  cells.push(await measureCell(classes, dimensions));
}
const sphere = flags.sphere ? await measureSphere() : [];
const growth = flags.growth || flags.largest ? await measureGrowth() : [];
const machine = {
  node: process.version,
  processor: cpus()[0]?.model ?? 'unknown',
  cores: availableParallelism(),
  // Near 0 before a fair measurement: 1 is this program itself.
  loadAverage: loadavg()[1],
};

if (flags.json) {
  process.stdout.write(
    `${JSON.stringify({ machine, peerMissing: peerMissing ?? null, cells, sphere, growth }, null, 2)}\n`,
  );
} else {
  printTable(
    [
      'classes',
      'dimensions',
      'bound',
      'by',
      'wanted',
      'auto',
      'method',
      's',
      'log-sum-exp',
      's',
      'peer',
      's',
    ],
    cells.map((cell) => [
      cell.classes,
      cell.dimensions,
      cell.bound.toFixed(5),
      cell.boundName,
      cell.wanted === undefined
        ? ''
        : `${cell.maxCosine <= cell.wanted ? '' : 'MISSED '}${cell.wanted.toFixed(5)}`,
      cell.maxCosine.toFixed(5),
      cell.method,
      cell.seconds.toFixed(2),
      cell.logSumExp?.maxCosine.toFixed(5) ?? '',
      cell.logSumExp?.seconds.toFixed(2) ?? '',
      cell.peer?.maxCosine.toFixed(5) ?? '',
      cell.peer?.seconds.toFixed(2) ?? '',
    ]),
  );
  if (sphere.length > 0) {
    printTable(
      ['points', 'degrees', 'best known', 'below by %', 'starts', 's'],
      sphere.map((row) => [
        row.points,
        row.degrees.toFixed(6),
        row.bestKnown?.toFixed(6) ?? '',
        row.percentBelow?.toFixed(4) ?? '',
        row.restarts,
        row.seconds.toFixed(1),
      ]),
    );
  }
  if (growth.length > 0) {
    printTable(
      ['classes', 'dimensions', 'log-sum-exp', 's', 'resident MB'],
      growth.map((row) => [
        row.classes,
        row.dimensions,
        row.maxCosine.toFixed(5),
        row.seconds.toFixed(1),
        row.residentMegabytes.toFixed(0),
      ]),
    );
  }
  process.stdout.write(
    `\n${machine.node}, ${machine.cores} x ${machine.processor}, load ${machine.loadAverage?.toFixed(1) ?? '?'}` +
      `${peerMissing === undefined ? '' : `; peer skipped: ${peerMissing}`}\n`,
  );
}

async function timed<T>(run: () => Promise<T>): Promise<[T, number]> {
  const start = performance.now();
  const result = await run();
  return [result, (performance.now() - start) / 1000];
}

async function measureCell(classes: number, dimensions: number): Promise<Cell> {
  const sizes = { classes, dimensions };
  const [prototypes, seconds] = await timed(() => createPrototypes(sizes));
  const { method } = prototypes;
  const closed = classes <= 2 * dimensions;
  const logSumExp = closed
    ? undefined
    : method === 'log-sum-exp'
      ? { maxCosine: separation(prototypes).maxCosine, seconds }
      : await timed(() => logSumExpPrototypes(sizes)).then(([found, time]) => ({
          maxCosine: separation(found).maxCosine,
          seconds: time,
        }));
  return {
    ...sizes,
    ...separationBound(sizes),
    wanted: wanted[`${classes}x${dimensions}`],
    method,
    maxCosine: separation(prototypes).maxCosine,
    seconds,
    logSumExp,
    peer: peerMissing === undefined && classes <= 200 ? runPeer(classes, dimensions) : undefined,
  };
}

async function measureSphere(): Promise<SphereRow[]> {
  const rows: SphereRow[] = [];
  for (const points of [...Array.from({ length: 37 }, (_, index) => index + 4), 50, 100]) {
    const bestKnown = bestKnownDegrees[points];
    process.stderr.write(`${points} points on the sphere\n`);
    const restarts = 200;
    const [found, seconds] = await timed(() =>
      logSumExpPrototypes({ classes: points, dimensions: 3, restarts }),
    );
    const degrees = separation(found).minAngleDegrees;
    const percentBelow = bestKnown === undefined ? undefined : 100 * (1 - degrees / bestKnown);
    rows.push({
      points,
      degrees,
      bestKnown,
      percentBelow,
      restarts,
      seconds,
    });
  }
  return rows;
}

async function measureGrowth() {
  const rows = [];
  const sizes = [250, 500, 1000, 2000].map((classes) => [classes, 100] as const);
  for (const [classes, dimensions] of flags.largest ? [...sizes, [10_000, 256] as const] : sizes) {
    process.stderr.write(`${classes} classes in ${dimensions} dimensions\n`);
    const [found, seconds] = await timed(() => logSumExpPrototypes({ classes, dimensions }));
    const residentMegabytes = process.resourceUsage().maxRSS / 1024;
    rows.push({ classes, dimensions, maxCosine: separation(found).maxCosine, seconds, residentMegabytes });
  }
  return rows;
}

function runPeer(classes: number, dimensions: number): { maxCosine: number; seconds: number } {
  const run = spawnSync(
    flags.python,
    [flags.peer!, '--classes', String(classes), '--dims', String(dimensions)],
    {
      encoding: 'utf8',
    },
  );
  if (run.status !== 0) throw new Error(`the peer failed: ${run.stderr}`);
  return JSON.parse(run.stdout) as { maxCosine: number; seconds: number };
}

/** Why the peer cannot run, or nothing if it can. */
function peerTrouble(file: string): string | undefined {
  const run = spawnSync(flags.python, [file, '--classes', '3', '--dims', '2', '--steps', '1'], {
    encoding: 'utf8',
  });
  if (run.error) return `${flags.python} does not start`;
  return run.status === 0 ? undefined : (run.stderr.trim().split('\n').at(-1) ?? 'it failed');
}
