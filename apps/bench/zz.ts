import { compile, createSgd } from '@hyperspherical/tfjs-native';
import { createBackbone } from '@hyperspherical/backbones';
import { prototypeClassifier } from '@hyperspherical/heads';
import { reduce } from '@hyperspherical/losses';
import * as tf from '@tensorflow/tfjs';
const depth = +process.argv[2]!,
  batch = +process.argv[3]!,
  steps = +process.argv[4]!;
const values = new Float32Array(100 * 50);
for (let i = 0; i < 100; i++) {
  let n = 0;
  for (let j = 0; j < 50; j++) {
    const v = Math.sin(i * 7.13 + j * j * 3.7 + i * j);
    values[i * 50 + j] = v;
    n += v * v;
  }
  n = Math.sqrt(n);
  for (let j = 0; j < 50; j++) values[i * 50 + j]! /= n;
}
const head = prototypeClassifier({ prototypes: { classes: 100, dimensions: 50, values, method: 'random' } });
const make = () => {
  const backbone = createBackbone({ kind: 'cifar-resnet', depth, outputDimensions: 50, seed: 0 });
  const sgd = createSgd(backbone.trainableVariables, { momentum: 0.9, nesterov: false, weightDecay: 1e-4 });
  const body = (images: tf.Tensor4D, labels: tf.Tensor1D, lr: any) => {
    const { value, grads } = tf.variableGrads(
      () =>
        tf.tidy(
          () => reduce(head.loss(backbone.apply(images, { training: true }), labels), 'sum') as tf.Scalar,
        ),
      [...backbone.trainableVariables] as any,
    );
    tf.tidy(() => sgd.step(grads, lr));
    return value;
  };
  return { backbone, sgd, body };
};
const A = make(),
  B = make();
const step: any = process.env.EAGER
  ? Object.assign((...v: any[]) => B.body(...(v as [any, any, any])), { graphs: () => [] })
  : compile(B.body as any);
const labels = tf.tensor1d(
  Int32Array.from({ length: batch }, (_, i) => i % 100),
  'int32',
);
const ta: number[] = [],
  tb: number[] = [];
let n0 = 0;
let worst = 0;
for (let i = 0; i < steps; i++) {
  const images = tf.randomNormal([batch, 32, 32, 3], 0, 1, 'float32', i) as tf.Tensor4D;
  let t = performance.now();
  const a = A.body(images, labels, 1e-4);
  const la = a.dataSync()[0]!;
  a.dispose();
  ta.push(performance.now() - t);
  t = performance.now();
  const b = step(images, labels, 1e-4) as tf.Tensor;
  const lb = b.dataSync()[0]!;
  b.dispose();
  tb.push(performance.now() - t);
  if (i === 4) n0 = tf.memory().numTensors - 1;
  worst = Math.max(worst, Math.abs(la - lb) / la);
  images.dispose();
}
let wv = 0;
A.backbone.variables.forEach((v, i) => {
  const p = v.dataSync(),
    q = B.backbone.variables[i]!.dataSync();
  let d = 0,
    s = 0;
  for (let j = 0; j < p.length; j++) {
    d = Math.max(d, Math.abs(p[j]! - q[j]!));
    s = Math.max(s, Math.abs(p[j]!));
  }
  wv = Math.max(wv, d / (s + 1e-12));
});
const med = (x: number[]) => [...x].sort((p, q) => p - q)[x.length >> 1];
console.log({
  worst,
  wv,
  leak: tf.memory().numTensors - n0,
  eager: med(ta.slice(3)),
  graph: med(tb.slice(3)),
  firstEager: ta.slice(0, 3),
  first: tb.slice(0, 4),
  graphs: step.graphs(),
  rss: process.memoryUsage().rss / 1e6,
});
const rows = A.backbone.variables
  .map((v, i) => {
    const p = v.dataSync(),
      q = B.backbone.variables[i]!.dataSync();
    let d = 0,
      s = 0;
    for (let j = 0; j < p.length; j++) {
      d = Math.max(d, Math.abs(p[j]! - q[j]!));
      s = Math.max(s, Math.abs(p[j]!));
    }
    return [v.name, d, s, d / s] as const;
  })
  .sort((p, q) => q[3] - p[3]);
console.log(
  rows
    .slice(0, 12)
    .map((r) => r.join(' '))
    .join('\n'),
);
