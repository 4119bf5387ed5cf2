// One loss and its gradient by the outputs, on the native backend, beside the same formula in PyTorch on the CPU.
//   node --conditions=@hyperspherical/source --import tsx packages/losses/benchmarks/losses-against-pytorch.ts
// Options: --json (one document), --runs 20, --threads 2 (PyTorch's; TensorFlow takes all cores),
// --python path (a Python with torch; default python3). Without torch, ours stands alone.
import '@hyperspherical/tfjs-native';
import { execFileSync } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import {
  gather,
  grad,
  mean,
  randomNormal,
  randomUniform,
  type Rank,
  setBackend,
  type Tensor,
  type Tensor2D,
} from '@tensorflow/tfjs-core';
import {
  arcFaceLoss,
  cosFaceLoss,
  cosineSoftmaxLoss,
  normaliseRows,
  squaredCosineLoss,
} from '../src/index.js';

interface Case {
  readonly loss: 'squared-cosine' | 'cosine-softmax' | 'cosface' | 'arcface';
  readonly batch: number;
  readonly classes: number;
  readonly dimensions: number;
}

const sizes = [
  { batch: 128, classes: 100, dimensions: 64 },
  { batch: 512, classes: 10_000, dimensions: 256 },
];
const cases: Case[] = sizes.flatMap((size) =>
  (['squared-cosine', 'cosine-softmax', 'cosface', 'arcface'] as const).map((loss) => ({ loss, ...size })),
);

/** The median time of a loss and its gradient. */
function milliseconds({ loss, batch, classes, dimensions }: Case, runs: number): number {
  const outputs = randomNormal<Rank.R2>([batch, dimensions], 0, 1, 'float32', 1);
  const prototypes = normaliseRows(randomNormal<Rank.R2>([classes, dimensions], 0, 1, 'float32', 2));
  const labels = randomUniform<Rank.R1>([batch], 0, classes, 'int32', 3);
  const options = { prototypes, fixedUnitPrototypes: true };
  const values = {
    'squared-cosine': (x: Tensor2D) => squaredCosineLoss(x, gather(prototypes, labels)),
    'cosine-softmax': (x: Tensor2D) => cosineSoftmaxLoss(x, labels, options),
    cosface: (x: Tensor2D) => cosFaceLoss(x, labels, options),
    arcface: (x: Tensor2D) => arcFaceLoss(x, labels, options),
  };
  const gradient = grad((x: Tensor) => mean(values[loss](x as Tensor2D)));
  const times = Array.from({ length: runs + 3 }, () => {
    const start = performance.now();
    gradient(outputs).dispose();
    return performance.now() - start;
  });
  for (const tensor of [outputs, prototypes, labels]) tensor.dispose();
  return times
    .slice(3)
    .sort((left, right) => left - right)
    .at(Math.floor(runs / 2))!;
}

interface Peer {
  readonly peer: string;
  readonly milliseconds: readonly number[];
}

/** PyTorch's times of the same cases; none where Python has no torch. */
function pytorch(python: string, runs: number, threads: number): Peer | undefined {
  const program = fileURLToPath(new URL('losses-against-pytorch.py', import.meta.url));
  try {
    const answer = execFileSync(python, [program, JSON.stringify(cases), String(runs), String(threads)], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    return JSON.parse(answer) as Peer;
  } catch {
    return undefined;
  }
}

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    runs: { type: 'string', default: '20' },
    threads: { type: 'string', default: String(availableParallelism()) },
    python: { type: 'string', default: 'python3' },
  },
});
await setBackend('tensorflow');
const runs = Number(values.runs);
const ours = cases.map((each) => milliseconds(each, runs));
const peer = pytorch(values.python, runs, Number(values.threads));
const rows = cases.map((each, index) => ({
  ...each,
  milliseconds: Number(ours[index]!.toFixed(2)),
  ...(peer === undefined ? {} : { [peer.peer]: Number(peer.milliseconds[index]!.toFixed(2)) }),
}));
if (values.json) {
  console.log(JSON.stringify({ runs, peer: peer?.peer ?? null, rows }));
} else {
  console.table(rows);
  if (peer === undefined) console.log(`${values.python} has no torch: no peer to compare with.`);
}
