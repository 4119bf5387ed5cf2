import { createBackbone } from '@hyperspherical/backbones';
import { prototypeClassifier } from '@hyperspherical/heads';
import { createPrototypes } from '@hyperspherical/prototypes';
import { median } from 'd3-array';
import { trainingSchema } from '../experiment/training-schema.js';
import { classificationTask } from '../engine/task/task.js';
import { createTrainingStep, type Mode } from '../engine/training-step.js';

/** The size of a step, and how many to take. */
export interface StepSize {
  /** Of the CIFAR ResNet, 6n + 2. */
  readonly depth: number;
  readonly batchSize: number;
  readonly steps: number;
}

/** What to measure. */
export interface MeasureStepOptions extends StepSize {
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
  /** `plain`: tf.layers on tfjs-node as it is. */
  readonly mode: Mode | 'plain';
}

/** The first of an eager step allocates much. */
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
  const milliseconds = await measureMilliseconds(steps, () => step.run(batch, 0.01));
  step.dispose();
  backbone.dispose();
  head.dispose();
  return stepMeasurement({ batchSize, milliseconds, parameters: backbone.parameterCount, mode });
}

/** The median milliseconds of a step, after two to warm up. */
export async function measureMilliseconds(steps: number, takeStep: () => unknown): Promise<number> {
  const milliseconds: number[] = [];
  for (let index = 0; index < warmUpSteps + steps; index += 1) {
    const start = performance.now();
    await takeStep();
    milliseconds.push(performance.now() - start);
  }
  return median(milliseconds.slice(warmUpSteps))!;
}

/** What is reported of this process. */
export function stepMeasurement({
  batchSize,
  milliseconds,
  parameters,
  mode,
}: {
  readonly batchSize: number;
  readonly milliseconds: number;
  readonly parameters: number;
  readonly mode: StepMeasurement['mode'];
}): StepMeasurement {
  return {
    imagesPerSecond: (1000 * batchSize) / milliseconds,
    millisecondsPerStep: milliseconds,
    peakMegabytes: Math.round(process.resourceUsage().maxRSS / 1024),
    parameters,
    mode,
  };
}
