import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { compile } from './compile.js';

type Body = (
  x: tf.Tensor2D,
  y: tf.Tensor2D,
  images: tf.Tensor4D,
  whole: tf.Tensor1D,
) => tf.Tensor | tf.Tensor[];

const filter = tf.randomNormal<tf.Rank.R4>([3, 3, 2, 2], 0, 1, 'float32', 4);
const filter3d = tf.randomNormal<tf.Rank.R5>([2, 2, 2, 2, 2], 0, 1, 'float32', 5);

/** One or more operations each: their graph must hold every attribute that TensorFlow infers when they run at once. */
const bodies: Record<string, Body> = {
  abs: (x) => x.abs(),
  acos: (x) => tf.acos(tf.tanh(x)),
  add: (x, y) => x.add(y),
  addN: (x, y) => tf.addN([x, y, x]),
  all: (x, y) => x.greater(y).all(0),
  any: (x, y) => x.greater(y).any(1),
  argMax: (x) => x.argMax(1),
  argMin: (x) => x.argMin(0),
  asin: (x) => tf.asin(tf.tanh(x)),
  atan2: (x, y) => tf.atan2(x, y),
  avgPool: (_x, _y, images) => tf.avgPool(images, 2, 2, 'same'),
  avgPool3d: (_x, _y, images) => tf.avgPool3d(images.expandDims<tf.Tensor5D>(1), 1, 1, 'same'),
  batchNorm: (_x, _y, images) => tf.batchNorm(images, [0.1, 0.2], [1, 2], [3, 4], [5, 6], 1e-3),
  batchToSpaceND: (_x, _y, images) =>
    tf.batchToSpaceND(
      tf.spaceToBatchND(
        images,
        [2, 2],
        [
          [0, 0],
          [0, 0],
        ],
      ),
      [2, 2],
      [
        [0, 0],
        [0, 0],
      ],
    ),
  bincount: (_x, _y, _i, whole) => tf.bincount(whole, tf.ones([3]), 5),
  broadcastTo: (x) => tf.broadcastTo(x.slice([0, 0], [1, 4]), [3, 4]),
  cast: (x) => x.toInt(),
  ceil: (x) => x.ceil(),
  clipByValue: (x) => x.clipByValue(-0.5, 0.5),
  complex: (x, y) => tf.real(tf.complex(x, y)),
  concat: (x, y) => tf.concat([x, y], 1),
  conv2d: (_x, _y, images) => tf.conv2d(images, filter, 1, 'same'),
  conv2dTranspose: (_x, _y, images) => tf.conv2dTranspose(images, filter, [2, 8, 8, 2], 2, 'same'),
  conv3d: (_x, _y, images) => tf.conv3d(images.expandDims<tf.Tensor5D>(1), filter3d, 1, 'same'),
  cropAndResize: (_x, _y, images) =>
    tf.image.cropAndResize(images, [[0, 0, 0.5, 0.5]], [1], [2, 2], 'bilinear'),
  cumprod: (x) => tf.cumprod(x, 1),
  cumsum: (x) => tf.cumsum(x, 0, true),
  depthToSpace: (_x, _y, images) => tf.depthToSpace(tf.concat([images, images], 3), 2),
  depthwiseConv2d: (_x, _y, images) => tf.depthwiseConv2d(images, filter, 1, 'same'),
  diag: (_x, _y, _i, whole) => tf.diag(whole),
  dilation2d: (_x, _y, images) => tf.dilation2d(images, tf.ones<tf.Rank.R3>([2, 2, 2]), 1, 'same'),
  div: (x, y) => x.div(y),
  divNoNan: (x) => tf.divNoNan(x, tf.zerosLike(x)),
  einsum: (x, y) => tf.einsum('ij,kj->ik', x, y),
  elu: (x) => x.elu(),
  equal: (x, y) => x.equal(y),
  erf: (x) => x.erf(),
  exp: (x) => x.exp(),
  expandDims: (x) => x.expandDims(1),
  expm1: (x) => x.expm1(),
  eye: (x) => tf.eye(3).matMul(x),
  fft: (x, y) => tf.imag(tf.fft(tf.complex(x, y))),
  fill: (x) => tf.fill([3, 4], 2).add(x),
  floor: (x) => x.floor(),
  floorDiv: (x, y) => x.floorDiv(y),
  fusedConv2d: (_x, _y, images) =>
    tf.fused.conv2d({
      x: images,
      filter,
      strides: 1,
      pad: 'same',
      bias: tf.tensor1d([1, 2]),
      activation: 'relu',
    }),
  fusedMatMul: (x, y) =>
    tf.fused.matMul({ a: x, b: y, transposeB: true, bias: tf.tensor1d([1, 2, 3]), activation: 'relu' }),
  gather: (x, _y, _i, whole) => tf.gather(x, whole),
  gatherND: (x) =>
    tf.gatherND(
      x,
      tf.tensor2d(
        [
          [0, 1],
          [2, 3],
        ],
        [2, 2],
        'int32',
      ),
    ),
  isNaN: (x) => x.isNaN(),
  isFinite: (x) => x.isFinite(),
  l2Normalize: (x) => tf.div(x, tf.norm(x, 2, 1, true)),
  leakyRelu: (x) => x.leakyRelu(0.1),
  lessEqual: (x, y) => x.lessEqual(y),
  localResponseNormalization: (_x, _y, images) => tf.localResponseNormalization(images, 1),
  log: (x) => x.abs().log(),
  log1p: (x) => x.abs().log1p(),
  logicalAnd: (x, y) => tf.logicalAnd(x.greater(0), y.greater(0)),
  logicalNot: (x) => tf.logicalNot(x.greater(0)),
  logicalOr: (x, y) => tf.logicalOr(x.greater(0), y.greater(0)),
  logSoftmax: (x) => x.logSoftmax(),
  logSumExp: (x) => x.logSumExp(1),
  matMul: (x, y) => tf.matMul(x, y, false, true),
  batchMatMul: (x, y) => tf.matMul(x.expandDims(0), y.expandDims(0), false, true),
  max: (x) => x.max(1),
  maxPool: (_x, _y, images) => tf.maxPool(images, 2, 2, 'same'),
  maximum: (x, y) => x.maximum(y),
  mean: (x) => x.mean(0),
  min: (x) => x.min(),
  minimum: (x, y) => x.minimum(y),
  mirrorPad: (x) =>
    tf.mirrorPad(
      x,
      [
        [1, 1],
        [0, 2],
      ],
      'reflect',
    ),
  mod: (x, y) => x.mod(y),
  moments: (x) => Object.values(tf.moments(x, 0)),
  nonMaxSuppression: (x) => tf.image.nonMaxSuppression(x, tf.tensor1d([3, 2, 1]), 2),
  notEqual: (x, y) => x.notEqual(y),
  oneHot: (_x, _y, _i, whole) => tf.oneHot(whole, 4),
  pad: (x) =>
    tf.pad(
      x,
      [
        [1, 0],
        [0, 1],
      ],
      3,
    ),
  pow: (x) => tf.pow(x.abs(), 1.5),
  prelu: (x) => x.prelu(tf.scalar(0.2)),
  prod: (x) => x.prod(1),
  range: (x) => tf.range(0, 4).add(x),
  reciprocal: (x) => x.reciprocal(),
  relu: (x) => x.relu(),
  relu6: (x) => x.relu6(),
  reshape: (x) => x.reshape([2, -1]),
  resizeBilinear: (_x, _y, images) => tf.image.resizeBilinear(images, [3, 5]),
  resizeNearestNeighbor: (_x, _y, images) => tf.image.resizeNearestNeighbor(images, [3, 5]),
  reverse: (x) => x.reverse(1),
  round: (x) => x.round(),
  rsqrt: (x) => x.abs().rsqrt(),
  scatterND: (x) => tf.scatterND(tf.tensor2d([[1], [3]], [2, 1], 'int32'), x.slice(0, 2), [5, 4]),
  selu: (x) => x.selu(),
  sigmoid: (x) => x.sigmoid(),
  sign: (x) => x.sign(),
  sin: (x) => x.sin(),
  slice: (x) => x.slice([1, 1], [2, 2]),
  softmax: (x) => x.softmax(),
  softplus: (x) => x.softplus(),
  sparseToDense: (x) => tf.sparseToDense(tf.tensor1d([0, 2], 'int32'), x.slice(0, 2).mean(1), [4]),
  split: (x) => tf.split(x, [1, 3], 1),
  sqrt: (x) => x.abs().sqrt(),
  square: (x) => x.square(),
  squaredDifference: (x, y) => tf.squaredDifference(x, y),
  stack: (x, y) => tf.stack([x, y], 1),
  step: (x) => x.step(0.1),
  stridedSlice: (x) => tf.stridedSlice(x, [0, 0], [3, 4], [2, 1]),
  sub: (x, y) => x.sub(y),
  sum: (x) => x.sum(1, true),
  tanh: (x) => x.tanh(),
  tensorScatterUpdate: (x) => tf.tensorScatterUpdate(x, tf.tensor2d([[1]], [1, 1], 'int32'), tf.ones([1, 4])),
  tile: (x) => x.tile([1, 2]),
  topk: (x) => Object.values(tf.topk(x, 2)),
  transpose: (x) => x.transpose(),
  unique: (_x, _y, _i, whole) => Object.values(tf.unique(whole)),
  unsortedSegmentSum: (x, _y, _i, whole) => tf.unsortedSegmentSum(x, whole, 3),
  unstack: (x) => tf.unstack(x, 1),
  where: (x, y) => tf.where(x.greater(0), x, y),
  zerosLike: (x) => [tf.zerosLike(x), tf.onesLike(x)],
};

const feeds = (): Parameters<Body> => [
  tf.randomNormal<tf.Rank.R2>([3, 4], 0, 1, 'float32', 1),
  tf.randomNormal<tf.Rank.R2>([3, 4], 0, 1, 'float32', 2),
  tf.randomNormal<tf.Rank.R4>([2, 4, 4, 2], 0, 1, 'float32', 3),
  tf.tensor1d([2, 0, 2], 'int32'),
];

const numbers = (tensors: readonly tf.Tensor[]): number[] =>
  tensors.flatMap((tensor) => Array.from(tensor.dataSync()));

describe('in a graph', () => {
  it.each(Object.entries(bodies))('%s gives what it gives eager', (_, body) => {
    const results = (...values: Parameters<Body>): tf.Tensor[] =>
      tf.tidy(() => {
        const result = body(...values);
        return Array.isArray(result) ? result : [result];
      });
    const step = compile(results);
    const expected = results(...feeds());
    for (let call = 0; call < 3; call++) {
      const found = step(...feeds());
      expect(found.map(({ shape, dtype }) => [shape, dtype])).toEqual(
        expected.map(({ shape, dtype }) => [shape, dtype]),
      );
      expect(numbers(found)).toBeClose(numbers(expected));
    }
    expect(step.graphs()).toMatchObject([{ runs: 1 }]);
    step.dispose();
  });

  const differentiable = Object.entries(bodies).filter(([, body]) => {
    try {
      gradients(body)(...feeds());
      return true;
    } catch {
      // tfjs has no gradient of it, with or without a graph.
      return false;
    }
  });

  it.each(differentiable)('the gradient of %s is what it is eager', (_, body) => {
    const step = compile(gradients(body));
    const expected = numbers(gradients(body)(...feeds())).map(finite);
    for (let call = 0; call < 3; call++) {
      expect(numbers(step(...feeds())).map(finite)).toBeClose(expected, { relative: 1e-4, absolute: 1e-5 });
    }
    expect(step.graphs()).toMatchObject([{ runs: 1 }]);
    step.dispose();
  });

  it('has gradients of most operations to compare', () => {
    expect(differentiable.length).toBeGreaterThan(60);
  });
});

const finite = (value: number): number => (Number.isFinite(value) ? value : -1e9);

/** Gradients of the sum of squares of a body's results by its three float32 arguments. */
function gradients(body: Body): (...values: Parameters<Body>) => tf.Tensor[] {
  return (x, y, images, whole) =>
    tf.tidy(() => {
      const loss = (a: tf.Tensor, b: tf.Tensor, c: tf.Tensor): tf.Tensor => {
        // All three take part, so that none is without a gradient.
        const result = [body(a as tf.Tensor2D, b as tf.Tensor2D, c as tf.Tensor4D, whole)].flat();
        const used = result.map((tensor) => tf.sum(tf.square(tf.cast(tensor, 'float32'))));
        return tf.addN([...used, tf.sum(a), tf.sum(b), tf.sum(c)]);
      };
      return tf.grads(loss)([x, y, images]);
    });
}
