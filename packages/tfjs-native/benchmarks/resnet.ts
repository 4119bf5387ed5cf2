import {
  add,
  avgPool,
  batchNorm,
  conv2d,
  engine,
  matMul,
  pad as padTensor,
  randomNormal,
  relu,
  reshape,
  tidy,
  variable,
  zeros,
  ones,
  type Rank,
  type Tensor,
  type Tensor2D,
  type Tensor4D,
  type Variable,
} from '@tensorflow/tfjs';

/** A residual network for 32 x 32 images: three stages of 16, 32 and 64 channels, batch normalisation. */
export interface Resnet {
  readonly weights: Variable[];
  apply(images: Tensor4D): Tensor2D;
}

/** He and others' network of `depth` layers (8, 20, 32, ...), with 3 x 3 shortcuts where a stage begins; in training, unless said otherwise. */
export function resnet(depth: number, outputs: number, { isTraining = true } = {}): Resnet {
  const weights: Variable[] = [];
  const weight = (shape: number[], deviation: number): Variable => {
    const made = tidy(() => variable(randomNormal(shape, 0, deviation, 'float32', weights.length + 1)));
    weights.push(made);
    return made;
  };
  const normalisation = (channels: number): ((x: Tensor4D) => Tensor4D) => {
    const [scale, offset, mean, variance] = tidy((): [Variable, Variable, Variable, Variable] => [
      variable(ones([channels])),
      variable(zeros([channels])),
      variable(zeros([channels]), false),
      variable(ones([channels]), false),
    ]);
    weights.push(scale, offset);
    if (!isTraining) return (x) => batchNorm(x, mean, variance, offset, scale, 1e-5) as Tensor4D;
    return (x) => {
      const [y, newMean, newVariance] = engine().runKernel<[Tensor, Tensor, Tensor]>(
        'FusedBatchNormV3',
        { x, scale: scale, offset: offset, mean: mean, variance: variance },
        { epsilon: 1e-5, exponentialAverageFactor: 0.1 },
      );
      mean.assign(newMean);
      variance.assign(newVariance);
      return y as Tensor4D;
    };
  };
  const convolution = (from: number, to: number, stride: number): ((x: Tensor4D) => Tensor4D) => {
    const filter = weight([3, 3, from, to], Math.sqrt(2 / (9 * to))) as Variable<Rank.R4>;
    const normalise = normalisation(to);
    // A pixel of zeros on every side.
    const pad = (x: Tensor4D): Tensor4D =>
      stride === 1
        ? x
        : padTensor(x, [
            [0, 0],
            [1, 1],
            [1, 1],
            [0, 0],
          ]);
    return (x) => normalise(conv2d(pad(x), filter, stride, stride === 1 ? 'same' : 'valid'));
  };
  const block = (from: number, to: number, stride: number): ((x: Tensor4D) => Tensor4D) => {
    const first = convolution(from, to, stride);
    const second = convolution(to, to, 1);
    const shortcut = from === to ? (x: Tensor4D) => x : convolution(from, to, stride);
    return (x) => relu(add(second(relu(first(x))), shortcut(x)));
  };

  const stem = convolution(3, 16, 1);
  const blocks = [16, 32, 64].flatMap((channels, stage) =>
    Array.from({ length: (depth - 2) / 6 }, (_, index) => {
      const isFirst = stage > 0 && index === 0;
      return block(isFirst ? channels / 2 : channels, channels, isFirst ? 2 : 1);
    }),
  );
  const dense = weight([64, outputs], 0.1) as Variable<Rank.R2>;
  return {
    weights,
    apply: (images) =>
      tidy(() => {
        const features = blocks.reduce((x, apply) => apply(x), relu(stem(images)));
        return matMul(reshape(avgPool(features, 8, 1, 'valid'), [-1, 64]), dense);
      }),
  };
}
