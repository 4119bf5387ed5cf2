/**
 * How long loading and batching take, on the clock and in processor time (all threads; it does not grow when others use the machine):
 * `node --conditions=@hyperspherical/source --import tsx packages/datasets/benchmarks/batches.ts [--json]`.
 * CIFAR-10 is fetched into the cache first where it is not there.
 */
import { cpus } from 'node:os';
import { batches, type BatchOptions, channelStatistics } from '../src/index.js';
import { getDataset, loadDataset } from '../src/node.js';

interface Row {
  readonly what: string;
  readonly runs: number;
  /** Medians, in milliseconds. */
  readonly clock: number;
  readonly processor: number;
}

function median(numbers: readonly number[]): number {
  return [...numbers].sort((a, b) => a - b)[numbers.length >> 1]!;
}

/** Runs something several times; times are divided by what it returns. */
async function measure(what: string, runs: number, run: (number: number) => Promise<number>): Promise<Row> {
  const clock: number[] = [];
  const processor: number[] = [];
  for (let number = 0; number < runs; number += 1) {
    const start = performance.now();
    const before = process.cpuUsage();
    const count = await run(number);
    const { user, system } = process.cpuUsage(before);
    clock.push((performance.now() - start) / count);
    processor.push((user + system) / 1000 / count);
  }
  return { what, runs, clock: median(clock), processor: median(processor) };
}

await getDataset('cifar10');
const rows = [
  await measure('load CIFAR-10 from the cache, checked: 60,000 images', 7, async () => {
    await loadDataset('cifar10', { split: 'train' });
    await loadDataset('cifar10', { split: 'test' });
    return 1;
  }),
];

const train = await loadDataset('cifar10');
const normalise = channelStatistics(train);
const augment = { padAndCrop: 4, horizontalFlip: true };
const ways: Readonly<Record<string, BatchOptions>> = {
  'crop + flip + normalise': { batchSize: 128, seed: 0, augment, normalise },
  'crop + flip + normalise, memory reused': {
    batchSize: 128,
    seed: 0,
    augment,
    normalise,
    reuseBuffers: true,
  },
  'normalise only': { batchSize: 128, seed: 0, normalise },
};
for (const [what, options] of Object.entries(ways)) {
  rows.push(
    await measure(`128 images: ${what} (mean of an epoch)`, 7, (epoch) => {
      let images = 0;
      for (const { shape } of batches(train, { ...options, epoch })) images += shape[0];
      return Promise.resolve(images / 128);
    }),
  );
}

const machine = { node: process.version, cpu: cpus()[0]?.model ?? 'unknown', cores: cpus().length };
if (process.argv.includes('--json')) {
  process.stdout.write(`${JSON.stringify({ ...machine, rows }, null, 2)}\n`);
} else {
  process.stdout.write(`Node ${machine.node}, ${machine.cores} x ${machine.cpu}; medians\n`);
  process.stdout.write(`${''.padEnd(74)}${'clock'.padStart(12)}${'processor'.padStart(12)}\n`);
  for (const { what, clock, processor } of rows) {
    const [shown, used] = [clock, processor].map((time) => `${time.toFixed(2)} ms`.padStart(12));
    process.stdout.write(`${what.padEnd(74)}${shown ?? ''}${used ?? ''}\n`);
  }
}
