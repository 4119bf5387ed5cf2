// Predictions of a CIFAR ResNet over many images: as they are (eager) and compiled, beside PyTorch, each in a process of its
// own and in turn.
//   node --conditions=@hyperspherical/source --import tsx packages/tfjs-native/benchmarks/predict.ts
// Options: --depth 32, --batch 500, --images 10000, --passes 2 (a round; the median counts), --rounds 5, --json (one
// document), --python path (a Python with PyTorch; without it ours stands alone).
import { execFileSync } from 'node:child_process';
import { availableParallelism, cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import * as tf from '@tensorflow/tfjs';
import { compile, nativeEngine } from '../src/index.js';
import { resnet } from './resnet.js';

interface Pass {
  readonly seconds: number;
  readonly peakMegabytes: number;
}

const { values: options } = parseArgs({
  options: {
    depth: { type: 'string', default: '32' },
    batch: { type: 'string', default: '500' },
    images: { type: 'string', default: '10000' },
    passes: { type: 'string', default: '2' },
    rounds: { type: 'string', default: '5' },
    json: { type: 'boolean', default: false },
    python: { type: 'string' },
    way: { type: 'string' },
  },
});
const [batch, count] = [Number(options.batch), Number(options.images)];

if (options.way === undefined) compare();
else console.log(JSON.stringify(measure(options.way === 'graph')));

function median(values: readonly number[]): number {
  return values.toSorted((left, right) => left - right)[Math.floor(values.length / 2)]!;
}

function measure(isCompiled: boolean): Pass {
  const network = resnet(Number(options.depth), 50, { isTraining: false });
  const plain = (images: tf.Tensor4D): tf.Tensor => tf.tidy(() => tf.argMax(network.apply(images), 1));
  const predict = isCompiled ? compile(plain) : plain;
  const pixels = new Float32Array(count * 32 * 32 * 3).map((_, index) => Math.sin(index * index));
  const size = batch * 32 * 32 * 3;
  const predictBatch = (start: number): void => {
    const values = pixels.subarray(start * 32 * 32 * 3, start * 32 * 32 * 3 + size);
    const images = tf.tensor4d(values, [values.length / (32 * 32 * 3), 32, 32, 3]);
    const labels = predict(images);
    labels.dataSync();
    tf.dispose([images, labels]);
  };
  // The recording.
  for (let call = 0; call < 2; call++) predictBatch(0);
  const seconds = Array.from({ length: Number(options.passes) }, () => {
    const start = performance.now();
    for (let index = 0; index < count; index += batch) predictBatch(index);
    return (performance.now() - start) / 1000;
  });
  return { seconds: median(seconds), peakMegabytes: Math.round(process.resourceUsage().maxRSS / 1024) };
}

function compare(): void {
  const { depth, images, passes, rounds, python } = options;
  const words = ['--depth', depth, '--batch', String(batch), '--images', images, '--passes', passes];
  const run = (program: string, ...rest: string[]): Pass =>
    JSON.parse(execFileSync(program, [...rest, ...words], { encoding: 'utf8' })) as Pass;
  const own = (way: string) => (): Pass =>
    run(process.execPath, ...process.execArgv, fileURLToPath(import.meta.url), '--way', way);
  const peer = fileURLToPath(new URL('pytorch-predict.py', import.meta.url));
  const threads = String(availableParallelism());
  const ways: Record<string, () => Pass> = {
    compiled: own('graph'),
    eager: own('eager'),
    ...(python !== undefined && { PyTorch: () => run(python, peer, '--threads', threads) }),
  };
  const measured: Record<string, Pass[]> = {};
  for (let round = 0; round < Number(rounds); round++) {
    for (const [way, measureOnce] of Object.entries(ways)) (measured[way] ??= []).push(measureOnce());
  }
  const rows = Object.entries(measured).map(([way, runs]) => ({
    way,
    seconds: Number(median(runs.map(({ seconds }) => seconds)).toFixed(2)),
    imagesPerSecond: Math.round(count / median(runs.map(({ seconds }) => seconds))),
    compiledIsFasterBy: Number(
      median(runs.map(({ seconds }, round) => seconds / measured.compiled![round]!.seconds)).toFixed(2),
    ),
    peakMegabytes: median(runs.map(({ peakMegabytes }) => peakMegabytes)),
  }));
  const document = {
    benchmark: 'predict',
    depth: Number(depth),
    batch,
    images: count,
    rounds: Number(rounds),
    processor: cpus()[0]?.model,
    cores: cpus().length,
    node: process.version,
    tensorflow: nativeEngine().tensorflowVersion,
    date: new Date().toISOString().slice(0, 10),
    rows,
  };
  if (options.json) {
    console.log(JSON.stringify(document, undefined, 2));
    return;
  }
  console.log(`ResNet-${depth}, ${images} images in batches of ${batch}: medians of ${rounds} rounds.`);
  console.table(rows);
  if (python === undefined) console.log('Without --python, ours stands alone.');
}
