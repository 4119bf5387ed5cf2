import { createBackbone } from '@hyperspherical/backbones';
import { prototypeClassifier } from '@hyperspherical/heads';
import { reduce } from '@hyperspherical/losses';
import { createPrototypes } from '@hyperspherical/prototypes';
import { randomNormal, tensor1d, tidy, variableGrads, type Rank } from '@tensorflow/tfjs-core';
import { createSgd } from './sgd.js';

/** What `bench step` reports. */
export interface StepMeasurement {
  /** From the median step. */
  readonly imagesPerSecond: number;
  readonly millisecondsPerStep: number;
  /** Largest resident memory of this process. */
  readonly peakMegabytes: number;
  readonly parameters: number;
  /** How the step runs: `eager`, one native call an operation. */
  readonly mode: 'eager';
}

const warmUpSteps = 2;

/** Measures training steps of a CIFAR ResNet on the current backend, on random images. */
export async function measureStep({
  depth,
  batchSize,
  steps,
}: {
  readonly depth: number;
  readonly batchSize: number;
  readonly steps: number;
}): Promise<StepMeasurement> {
  const prototypes = await createPrototypes({ classes: 100, dimensions: 50, method: 'random' });
  const head = prototypeClassifier({ prototypes });
  const backbone = createBackbone({ kind: 'cifar-resnet', depth, outputDimensions: 50, seed: 0 });
  const sgd = createSgd(backbone.trainableVariables, { momentum: 0.9, nesterov: false, weightDecay: 1e-4 });
  const images = randomNormal<Rank.R4>([batchSize, 32, 32, 3], 0, 1, 'float32', 1);
  const labels = tensor1d(
    Int32Array.from({ length: batchSize }, (_, index) => index % 100),
    'int32',
  );
  const milliseconds: number[] = [];
  for (let index = 0; index < warmUpSteps + steps; index += 1) {
    const start = performance.now();
    const { value, grads } = variableGrads(
      () => tidy(() => reduce(head.loss(backbone.apply(images, { training: true }), labels), 'sum')),
      [...backbone.trainableVariables],
    );
    sgd.step(grads, 0.01);
    value.dataSync();
    value.dispose();
    if (index >= warmUpSteps) milliseconds.push(performance.now() - start);
  }
  const median = milliseconds.toSorted((left, right) => left - right)[Math.floor(steps / 2)]!;
  return {
    imagesPerSecond: (1000 * batchSize) / median,
    millisecondsPerStep: median,
    peakMegabytes: Math.round(process.resourceUsage().maxRSS / 1024),
    parameters: backbone.parameterCount,
    mode: 'eager',
  };
}
