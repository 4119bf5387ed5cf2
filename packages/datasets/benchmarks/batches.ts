/**
 * How long loading and batching take: `node --conditions=@hyperspherical/source --import tsx packages/datasets/benchmarks/batches.ts [--json]`.
 * CIFAR-10 is fetched into the cache first where it is not there.
 */
import { cpus } from 'node:os';
import { batches, type BatchOptions, channelStatistics } from '../src/index.js';
import { getDataset, loadDataset } from '../src/node.js';

interface Row {
  readonly what: string;
  readonly runs: number;
  readonly median: number;
  readonly least: number;
  readonly unit: string;
}

function row(what: string, times: readonly number[], unit: string): Row {
  const sorted = [...times].sort((a, b) => a - b);
  return { what, runs: times.length, median: sorted[sorted.length >> 1]!, least: sorted[0]!, unit };
}

await getDataset('cifar10');
const rows: Row[] = [];

const loads: number[] = [];
for (let run = 0; run < 7; run += 1) {
  const start = performance.now();
  await loadDataset('cifar10', { split: 'train' });
  await loadDataset('cifar10', { split: 'test' });
  loads.push(performance.now() - start);
}
rows.push(row('load CIFAR-10 from the cache, checked: 60,000 images', loads, 'ms'));

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
  const times: number[] = [];
  for (let epoch = 0; epoch < 5; epoch += 1) {
    let count = 0;
    const start = performance.now();
    for (const batch of batches(train, { ...options, epoch })) count += batch.shape[0] / 128;
    times.push((performance.now() - start) / count);
  }
  rows.push(row(`${what}, 128 images (mean of an epoch)`, times, 'ms'));
}

if (process.argv.includes('--json')) {
  process.stdout.write(
    `${JSON.stringify({ node: process.version, cpu: cpus()[0]?.model, cores: cpus().length, rows }, null, 2)}\n`,
  );
} else {
  process.stdout.write(`Node ${process.version}, ${cpus().length} x ${cpus()[0]?.model ?? 'unknown'}\n`);
  for (const { what, runs, median, least, unit } of rows) {
    process.stdout.write(
      `${what.padEnd(66)} median ${median.toFixed(2)} ${unit}, least ${least.toFixed(2)} ${unit} (${runs} runs)\n`,
    );
  }
}
