import {
  div,
  input,
  layers,
  model,
  mul,
  norm,
  randomNormal,
  regularizers,
  squaredDifference,
  sum,
  tidy,
  train,
  type Rank,
  type Scalar,
  type SymbolicTensor,
  type Tensor,
} from '@tensorflow/tfjs';
import { measureMilliseconds, stepMeasurement, type StepMeasurement, type StepSize } from './measure-step.js';

const weightDecay = regularizers.l2({ l2: 1e-4 / 2 });

/**
 * Measures the training step that `measureStep` measures as people write it today: a model of tf.layers, `trainOnBatch`.
 * TensorFlow.js's shortcuts for padding aside ('same' pads on one side where a convolution halves), the network is the same.
 */
export async function measurePlainStep({ depth, batchSize, steps }: StepSize): Promise<StepMeasurement> {
  const network = layersResnet(depth, 50);
  const squaredCosineLoss = (targets: Tensor, outputs: Tensor): Scalar =>
    tidy(() => {
      const cosines = div(sum(mul(outputs, targets), 1), norm(outputs, 2, 1));
      return sum(squaredDifference(cosines, 1));
    });
  network.compile({ optimizer: train.momentum(0.01, 0.9), loss: squaredCosineLoss });
  const images = randomNormal<Rank.R4>([batchSize, 32, 32, 3], 0, 1, 'float32', 1);
  const targets = tidy(() => {
    const rows = randomNormal<Rank.R2>([batchSize, 50], 0, 1, 'float32', 2);
    return div(rows, norm(rows, 2, 1, true));
  });
  const milliseconds = await measureMilliseconds(steps, async () => network.trainOnBatch(images, targets));
  const parameters = network.trainableWeights
    .map(({ shape }) => shape.reduce<number>((size, length) => size * length!, 1))
    .reduce((total, size) => total + size, 0);
  return stepMeasurement({ batchSize, milliseconds, parameters, mode: 'plain' });
}

/** He and others' ResNet for images of 32 x 32, with 3 x 3 shortcuts. */
function layersResnet(depth: number, dimensions: number): ReturnType<typeof model> {
  const convolution = (x: SymbolicTensor, filters: number, strides: number): SymbolicTensor => {
    const convolved = layers
      .conv2d({
        filters,
        strides,
        kernelSize: 3,
        padding: 'same',
        useBias: false,
        kernelInitializer: 'heNormal',
        kernelRegularizer: weightDecay,
      })
      .apply(x) as SymbolicTensor;
    return layers.batchNormalization().apply(convolved) as SymbolicTensor;
  };
  const relu = (x: SymbolicTensor): SymbolicTensor =>
    layers.activation({ activation: 'relu' }).apply(x) as SymbolicTensor;
  const block = (x: SymbolicTensor, filters: number, strides: number): SymbolicTensor => {
    const inner = convolution(relu(convolution(x, filters, strides)), filters, 1);
    const shortcut = strides === 1 ? x : convolution(x, filters, strides);
    return relu(layers.add().apply([inner, shortcut]) as SymbolicTensor);
  };

  const images = input({ shape: [32, 32, 3] });
  let x = relu(convolution(images, 16, 1));
  for (const [stage, filters] of [16, 32, 64].entries()) {
    for (let index = 0; index < (depth - 2) / 6; index += 1) {
      x = block(x, filters, stage > 0 && index === 0 ? 2 : 1);
    }
  }
  const features = layers.globalAveragePooling2d({ dataFormat: 'channelsLast' }).apply(x);
  const outputs = layers
    .dense({ units: dimensions, kernelRegularizer: weightDecay })
    .apply(features) as SymbolicTensor;
  return model({ inputs: images, outputs });
}
