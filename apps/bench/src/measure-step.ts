import { createBackbone } from '@hyperspherical/backbones';
import { prototypeClassifier } from '@hyperspherical/heads';
import { createPrototypes } from '@hyperspherical/prototypes';
import { trainingSchema } from './experiment/training-schema.js';
import { classificationTask } from './task.js';
import { createTrainingStep, type Mode } from './training-step.js';

/** What to measure. */
export interface MeasureStepOptions {
  /** Of the CIFAR ResNet, 6n + 2. */
  readonly depth: number;
  readonly batchSize: number;
  readonly steps: number;
  readonly mode: Mode;
}

/** What `bench step` reports. */
export interface StepMeasurement {
  /** From the median step. */
  readonly imagesPerSecond: number;
  readonly millisecondsPerStep: number;
  /** Largest resident memory of this process. */
  readonly peakMegabytes: number;
  readonly parameters: number;
  readonly mode: Mode;
}

/** The first loads the graph. */
const warmUpSteps = 2;

/** Measures training steps of a CIFAR ResNet on the current backend, on noise: its speed does not depend on what it sees. */
export async function measureStep({
  depth,
  batchSize,
  steps,
  mode,
}: MeasureStepOptions): Promise<StepMeasurement> {
  const head = prototypeClassifier({
    prototypes: await createPrototypes({ classes: 100, dimensions: 50, method: 'random' }),
  });
  const backbone = createBackbone({ kind: 'cifar-resnet', depth, outputDimensions: 50, seed: 0 });
  const optimizer = trainingSchema.shape.optimizer.parse({
    kind: 'sgd',
    learningRate: 0.01,
    momentum: 0.9,
    weightDecay: 1e-4,
  });
  const step = createTrainingStep({
    backbone,
    task: classificationTask(head),
    optimizer,
    reduction: 'sum',
    mode,
  });
  const batch = {
    images: Float32Array.from({ length: batchSize * 32 * 32 * 3 }, (_, index) => Math.sin(index * index)),
    shape: [batchSize, 32, 32, 3] as [number, number, number, number],
    labels: Int32Array.from({ length: batchSize }, (_, index) => index % 100),
    indices: new Int32Array(batchSize),
  };
  step.prepare([{ images: batch.shape, labels: true, values: false }]);
  const milliseconds = Array.from({ length: warmUpSteps + steps }, () => {
    const start = performance.now();
    step.run(batch, 0.01);
    return performance.now() - start;
  }).slice(warmUpSteps);
  const median = milliseconds.toSorted((left, right) => left - right)[Math.floor(steps / 2)]!;
  step.dispose();
  backbone.dispose();
  head.dispose();
  return {
    imagesPerSecond: (1000 * batchSize) / median,
    millisecondsPerStep: median,
    peakMegabytes: Math.round(process.resourceUsage().maxRSS / 1024),
    parameters: backbone.parameterCount,
    mode,
  };
}
