/**
 * What the fused kernels save when steps run as they are (not compiled): each with and without its kernel in turn, in one
 * process; medians of the rounds, and of their ratios.
 *
 *   node --conditions=@hyperspherical/source --import tsx packages/tfjs-native/benchmarks/fused-kernels.ts [--json] [--rounds 15]
 */
import { parseArgs } from 'node:util';
import * as tf from '@tensorflow/tfjs';
import { nativeBackend, nativeEngine } from '../src/index.js';

const { values: flags } = parseArgs({
  options: { json: { type: 'boolean', default: false }, rounds: { type: 'string', default: '15' } },
});

interface Case {
  readonly name: string;
  readonly fused: () => tf.TensorContainer;
  readonly plain: () => tf.TensorContainer;
}

/** Runs as if the backend lacked a kernel. */
function without<Result>(kernelName: string, run: () => Result): Result {
  const kernel = tf.getKernel(kernelName, 'tensorflow');
  tf.unregisterKernel(kernelName, 'tensorflow');
  try {
    return run();
  } finally {
    tf.registerKernel(kernel);
  }
}

function maxPoolCase(shape: [number, number, number, number], size: number, strides: number): Case {
  const { binding } = nativeBackend();
  const x = tf.randomNormal<tf.Rank.R4>(shape);
  const y = tf.maxPool(x, size, strides, 'same');
  const dy = tf.randomNormal<tf.Rank.R4>(y.shape);
  const attributes = [
    { name: 'T', type: binding.TF_ATTR_TYPE, value: binding.TF_FLOAT },
    { name: 'ksize', type: binding.TF_ATTR_INT, value: [1, size, size, 1] },
    { name: 'strides', type: binding.TF_ATTR_INT, value: [1, strides, strides, 1] },
    { name: 'padding', type: binding.TF_ATTR_STRING, value: 'SAME' },
    { name: 'data_format', type: binding.TF_ATTR_STRING, value: 'NHWC' },
  ];
  return {
    name: `maxPool's gradient, ${size}x${size} at every ${strides}nd pixel of [${shape.join()}]`,
    fused: () =>
      tf
        .engine()
        .runKernel('MaxPoolGrad', { dy, input: x, output: y }, { filterSize: size, strides, pad: 'same' }),
    plain: () => nativeBackend().executeSingleOutput('MaxPoolGrad', attributes, [x, y, dy]),
  };
}

function normalisationCase(shape: [number, number, number, number]): Case {
  const layer = tf.layers.batchNormalization();
  layer.build(shape);
  const x = tf.variable(tf.randomNormal<tf.Rank.R4>(shape));
  const weights = tf.randomNormal(shape);
  const step = (): tf.TensorContainer =>
    tf.tidy(
      () =>
        tf.variableGrads(
          () => tf.sum<tf.Scalar>(tf.mul(layer.apply(x, { training: true }) as tf.Tensor, weights)),
          [x],
        ).grads,
    );
  return {
    name: `tf.layers.batchNormalization in training, with its gradient, of [${shape.join()}]`,
    fused: step,
    plain: () => without('FusedBatchNormV3', step),
  };
}

function crossEntropyCase(batch: number, classes: number): Case {
  const logits = tf.randomNormal([batch, classes]);
  const labels = tf.oneHot(tf.randomUniform([batch], 0, classes, 'int32'), classes).toFloat();
  const step = (): tf.Tensor =>
    tf.tidy(() => tf.grad((x: tf.Tensor) => tf.losses.softmaxCrossEntropy(labels, x))(logits));
  return {
    name: `tf.losses.softmaxCrossEntropy with its gradient, of [${batch},${classes}]`,
    fused: step,
    plain: () => without('SoftmaxCrossEntropyWithLogits', step),
  };
}

function milliseconds(run: () => tf.TensorContainer): number {
  const start = performance.now();
  const made = run();
  const taken = performance.now() - start;
  tf.dispose(made);
  return taken;
}

const median = (values: readonly number[]): number =>
  values.toSorted((left, right) => left - right)[Math.floor(values.length / 2)]!;

const cases = [
  maxPoolCase([64, 28, 28, 32], 2, 2),
  maxPoolCase([16, 112, 112, 64], 3, 2),
  normalisationCase([64, 32, 32, 16]),
  crossEntropyCase(128, 10),
  crossEntropyCase(128, 1000),
];
const rounds = Number(flags.rounds);
const results = cases.map(({ name, fused, plain }) => {
  for (const run of [fused, plain, fused, plain]) milliseconds(run);
  const measured = Array.from({ length: rounds }, () => ({
    fused: milliseconds(fused),
    plain: milliseconds(plain),
  }));
  return {
    name,
    fusedMilliseconds: Number(median(measured.map((each) => each.fused)).toFixed(3)),
    plainMilliseconds: Number(median(measured.map((each) => each.plain)).toFixed(3)),
    ratio: Number(median(measured.map((each) => each.plain / each.fused)).toFixed(2)),
  };
});
const document = { ...nativeEngine(), node: process.version, rounds, results };
if (flags.json) console.log(JSON.stringify(document));
else console.table(results);
