// Thousands of compiled steps in one process: does memory stay flat, is a tensor leaked, and how long is JavaScript busy?
//   node --conditions=@hyperspherical/source --import tsx packages/tfjs-native/benchmarks/soak.ts
// Options: --depth 8, --batch 8, --steps 2000, --json (one document). JavaScript's time of a step is what is left of it
// without TensorFlow's run of the graph. After 200 steps memory should be what it is at the end.
import { parseArgs } from 'node:util';
import * as tf from '@tensorflow/tfjs';
import { compile, createSgd, nativeBackend } from '../src/index.js';
import { backendInternals } from '../src/compile/engine-internals.js';
import { resnet } from './resnet.js';

const { values: options } = parseArgs({
  options: {
    depth: { type: 'string', default: '8' },
    batch: { type: 'string', default: '8' },
    steps: { type: 'string', default: '2000' },
    json: { type: 'boolean', default: false },
  },
});
const [depth, batch, steps] = [options.depth, options.batch, options.steps].map(Number) as [
  number,
  number,
  number,
];
const warmUp = Math.min(200, steps / 2);

const network = resnet(depth, 50);
const sgd = createSgd(network.weights, { momentum: 0.9, weightDecay: 1e-4 });
const step = compile((images: tf.Tensor4D, targets: tf.Tensor2D, learningRate: tf.Scalar) => {
  const { value, grads } = tf.variableGrads(
    () => tf.tidy(() => tf.sum(tf.squaredDifference(network.apply(images), targets))),
    network.weights,
  );
  sgd.step(grads, learningRate);
  return value;
});

// Everything between these two moments is TensorFlow's.
const backend = backendInternals();
const { binding } = backend;
let insideMilliseconds = 0;
const runGraph: typeof binding.runGraph = (...values) => {
  const start = performance.now();
  const made = binding.runGraph(...values);
  insideMilliseconds += performance.now() - start;
  return made;
};
backend.binding = Object.create(binding, { runGraph: { value: runGraph } }) as typeof binding;

const pixels = new Float32Array(batch * 32 * 32 * 3).map((_, index) => Math.sin(index * index));
const rows = new Float32Array(batch * 50).map((_, index) => Math.cos(index * index));
const javascriptMilliseconds: number[] = [];
const residentMegabytes: number[] = [];
let before = { tensors: 0, nativeTensors: 0 };

for (let index = 0; index < steps; index++) {
  if (index === warmUp) before = count();
  const start = performance.now();
  insideMilliseconds = 0;
  const images = tf.tensor4d(pixels, [batch, 32, 32, 3]);
  const targets = tf.tensor2d(rows, [batch, 50]);
  const loss = step(images, targets, 1e-4);
  loss.dataSync();
  tf.dispose([images, targets, loss]);
  javascriptMilliseconds.push(performance.now() - start - insideMilliseconds);
  if (index % 100 === 99) residentMegabytes.push(Math.round(process.memoryUsage.rss() / 2 ** 20));
}
const after = count();
const settled = javascriptMilliseconds.slice(warmUp).toSorted((left, right) => left - right);
const atShare = (share: number): number =>
  Number(settled[Math.floor(share * (settled.length - 1))]!.toFixed(3));
const document = {
  benchmark: 'soak',
  depth,
  batch,
  steps,
  variables: step.graphs()[0]?.variables,
  javascriptMilliseconds: { median: atShare(0.5), ninetyNinthPercentile: atShare(0.99) },
  leakedTensors: after.tensors - before.tensors,
  leakedNativeTensors: after.nativeTensors - before.nativeTensors,
  residentMegabytes,
};
if (options.json) console.log(JSON.stringify(document, undefined, 2));
else {
  console.log(
    `ResNet-${depth}, batch ${batch}, ${steps} steps: JavaScript ${document.javascriptMilliseconds.median} ms a step ` +
      `(99 of 100 below ${document.javascriptMilliseconds.ninetyNinthPercentile}); leaked ${document.leakedTensors} tensors, ` +
      `${document.leakedNativeTensors} of TensorFlow's; resident MB after every hundred steps: ${residentMegabytes.join(' ')}`,
  );
}

function count(): typeof before {
  return { tensors: tf.memory().numTensors, nativeTensors: nativeBackend().getNumOfTFTensors() };
}
