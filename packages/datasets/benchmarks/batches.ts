// How long loading and batching take, on the clock and in processor time (all threads; it does not grow when others use the machine), and
// batches beside torchvision's transforms, turn by turn in one run:
//   node --conditions=@hyperspherical/source --import tsx packages/datasets/benchmarks/batches.ts
// Options: --json (one document), --runs 7, --python path (a Python with torchvision; default python3). Without torchvision, ours stands alone.
// CIFAR-10 is fetched into the cache first where it is not there.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpus } from 'node:os';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import {
  batches,
  type BatchOptions,
  blurredDataset,
  channelStatistics,
  firstImages,
  noisyDataset,
  rotatedDataset,
  streamBatches,
  type StreamedDataset,
} from '../src/index.js';
import { getDataset, loadDataset } from '../src/node.js';

interface Row {
  readonly what: string;
  /** Medians, in milliseconds. */
  readonly clock: number;
  readonly processor: number;
  /** The peer's median on the clock, and how many times as long it takes. */
  readonly peer?: number;
  readonly ratio?: number;
}

function median(numbers: readonly number[]): number {
  return [...numbers].sort((a, b) => a - b)[numbers.length >> 1]!;
}

/** The peer, which answers the name of a case with the milliseconds of a batch; none where Python has no torchvision. */
async function startPeer(
  python: string,
): Promise<{ title: string; ask: (name: string) => Promise<number>; process: ChildProcess } | undefined> {
  const program = fileURLToPath(new URL('batches-against-torchvision.py', import.meta.url));
  const child = spawn(python, [program], { stdio: ['pipe', 'pipe', 'ignore'] });
  child.on('error', () => undefined);
  const lines = createInterface({ input: child.stdout });
  const answers = lines[Symbol.asyncIterator]();
  const title = await answers.next();
  if (title.done) return undefined;
  const ask = async (name: string): Promise<number> => {
    child.stdin.write(`${name}\n`);
    return Number((await answers.next()).value);
  };
  return { title: title.value, ask, process: child };
}

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    runs: { type: 'string', default: '7' },
    python: { type: 'string', default: 'python3' },
  },
});
const runs = Number(values.runs);
const peer = await startPeer(values.python);

/** Runs something several times, and the peer's case after each; times are divided by what it returns. */
async function measure(
  what: string,
  run: (number: number) => number | Promise<number>,
  peerCase?: string,
): Promise<Row> {
  const clock: number[] = [];
  const processor: number[] = [];
  const peers: number[] = [];
  // The first run, which compiles, does not count.
  for (let number = 0; number <= runs; number += 1) {
    const start = performance.now();
    const before = process.cpuUsage();
    const count = await run(number);
    const { user, system } = process.cpuUsage(before);
    clock.push((performance.now() - start) / count);
    processor.push((user + system) / 1000 / count);
    if (peer && peerCase) peers.push(await peer.ask(peerCase));
  }
  const ours = median(clock.slice(1));
  const theirs = peers.length > 0 ? median(peers.slice(1)) : undefined;
  return {
    what,
    clock: ours,
    processor: median(processor.slice(1)),
    ...(theirs !== undefined && { peer: theirs, ratio: theirs / ours }),
  };
}

await getDataset('cifar10');
const rows = [
  await measure('load CIFAR-10 from the cache, checked: 60,000 images', async () => {
    await loadDataset('cifar10', { split: 'train' });
    await loadDataset('cifar10', { split: 'test' });
    return 1;
  }),
];

const train = await loadDataset('cifar10');
const normalise = channelStatistics(train);
const few = firstImages(train, 6400);
const cropAndFlip = { padAndCrop: 4, horizontalFlip: true };
const ways: [what: string, options: Partial<BatchOptions>, peerCase?: string][] = [
  ['normalise', {}, 'normalise'],
  ['crop + flip + normalise', { augment: cropAndFlip }, 'crop-flip'],
  ['crop + flip + normalise, memory reused', { augment: cropAndFlip, reuseBuffers: true }],
  ['crop + flip + cutout + normalise', { augment: { ...cropAndFlip, cutout: 8 } }],
  ['rotation + normalise', { augment: { rotation: 15 } }, 'rotation'],
  ['random resized crop + normalise', { augment: { randomResizedCrop: {} } }, 'resized-crop'],
  ['resize to 64 x 64 + normalise', { resize: [64, 64] }, 'resize'],
];
for (const [what, way, peerCase] of ways) {
  const options: BatchOptions = { batchSize: 128, seed: 0, normalise, ...way };
  rows.push(
    await measure(
      `128 images: ${what}`,
      (epoch) => {
        let images = 0;
        for (const { shape } of batches(few, { ...options, epoch })) images += shape[0];
        return images / 128;
      },
      peerCase,
    ),
  );
}

const { images, ...metadata } = few;
const instant: StreamedDataset = {
  ...metadata,
  read: (indices) => {
    const bytes = new Uint8Array(indices.length * 3072);
    for (let row = 0; row < indices.length; row += 1) {
      bytes.set(images.subarray(indices[row]! * 3072, (indices[row]! + 1) * 3072), row * 3072);
    }
    return Promise.resolve(bytes);
  },
  close: () => Promise.resolve(),
};
rows.push(
  await measure('128 images: crop + flip + normalise, streamed from memory', async (epoch) => {
    let count = 0;
    for await (const { shape } of streamBatches(instant, {
      batchSize: 128,
      seed: 0,
      epoch,
      augment: cropAndFlip,
      normalise,
    })) {
      count += shape[0];
    }
    return count / 128;
  }),
  await measure('the first batch of 50,000 images', (epoch) => {
    batches(train, { batchSize: 128, seed: 0, epoch, augment: cropAndFlip, normalise }).next();
    return 1;
  }),
  await measure('the last batch of 50,000 images, by start', (epoch) => {
    batches(train, { batchSize: 128, seed: 0, epoch, start: 390, augment: cropAndFlip, normalise }).next();
    return 1;
  }),
  await measure('6,400 images turned by rotatedDataset', (seed) => {
    rotatedDataset(few, { range: [0, 180], seed });
    return 1;
  }),
  await measure('6,400 images through noisyDataset', (seed) => {
    noisyDataset(few, { range: [0, 0.25], seed });
    return 1;
  }),
  await measure('6,400 images through blurredDataset', (seed) => {
    blurredDataset(few, { range: [0, 3], seed });
    return 1;
  }),
);

if (peer) {
  peer.process.stdin?.end();
  await once(peer.process, 'exit');
}
const machine = { node: process.version, cpu: cpus()[0]?.model ?? 'unknown', cores: cpus().length };
if (values.json) {
  process.stdout.write(`${JSON.stringify({ ...machine, runs, peer: peer?.title ?? null, rows }, null, 2)}\n`);
} else {
  process.stdout.write(
    `Node ${machine.node}, ${machine.cores} x ${machine.cpu}; milliseconds, medians of ${runs}\n`,
  );
  const title = peer?.title ?? '';
  process.stdout.write(
    `${''.padEnd(58)}${'clock'.padStart(9)}${'processor'.padStart(11)}${title.padStart(22)}\n`,
  );
  for (const { what, clock, processor, peer: theirs, ratio } of rows) {
    const beside = theirs === undefined ? '' : `${theirs.toFixed(2)} (${ratio!.toFixed(1)} x)`.padStart(22);
    process.stdout.write(
      `${what.padEnd(58)}${clock.toFixed(2).padStart(9)}${processor.toFixed(2).padStart(11)}${beside}\n`,
    );
  }
  if (!peer) process.stdout.write(`${values.python} has no torchvision: no peer to compare with.\n`);
}
