import { type Backbone, createBackbone } from '@hyperspherical/backbones';
import {
  type Batch,
  batches,
  channelStatistics,
  type ChannelStatistics,
  chooseClasses,
  type Dataset,
  firstImages,
  rotatedDataset,
} from '@hyperspherical/datasets';
import {
  type Head,
  linearRegressor,
  prototypeClassifier,
  prototypeRegressor,
  softmaxClassifier,
  standardFromTargets,
} from '@hyperspherical/heads';
import { normaliseRows, reduce } from '@hyperspherical/losses';
import { createPrototypes } from '@hyperspherical/prototypes';
import {
  abs,
  cast,
  equal,
  mean,
  type Optimizer,
  sub,
  type Tensor,
  tensor1d,
  type Tensor1D,
  type Tensor2D,
  tensor4d,
  tidy,
  train,
} from '@tensorflow/tfjs-core';
import type { Digits } from './decode-digits.js';
import type { Points, Task, TrainingProgress } from './messages.js';

const batchSize = 64;
const hidden = [64];
const learningRate = 0.003;
/** So many test images are shown as points; all of them are measured. */
const shownPoints = 300;

interface Learner {
  readonly backbone: Backbone;
  readonly head: Head<Tensor1D>;
  readonly optimiser: Optimizer;
}

/** Two networks of one seed that see the same batches: one learns on the sphere, one as networks usually do. */
export interface Training {
  readonly prototypes: Points;
  readonly labels: Int32Array;
  readonly values: Float32Array | undefined;
  /** One batch for both; waits until it is computed. */
  step(): Promise<void>;
  measure(): Promise<Omit<TrainingProgress, 'kind' | 'step' | 'secondsTraining'>>;
  dispose(): void;
}

/** The digits of the paper's rotated MNIST: no two of them are one another's turn. */
const turnedDigits = [2, 3, 4, 5, 7];

/** Prepares a training; needs an engine. */
export async function createTraining(task: Task, digits: Digits): Promise<Training> {
  const data =
    task.kind === 'classes' ? digits : { train: turned(digits.train, 0), test: turned(digits.test, 1) };
  const { heads, prototypes } = task.kind === 'classes' ? await classHeads(task) : poleHeads(data.train);
  const normalise = channelStatistics(data.train);
  const learners = heads.map((head): Learner => {
    const { outputDimensions } = head;
    return {
      head,
      backbone: createBackbone({
        kind: 'mlp',
        imageShape: [28, 28, 1],
        hidden,
        outputDimensions,
        seed: task.seed,
      }),
      optimiser: train.adam(learningRate),
    };
  });
  const [own, opponent] = learners as [Learner, Learner];
  const test = wholeBatch(data.test, normalise);
  const targets =
    task.kind === 'classes' ? tensor1d(data.test.labels!, 'int32') : tensor1d(data.test.values!);
  const order = endlessBatches(data.train, normalise, task.seed);

  const errorOf = (learner: Learner, outputs: Tensor2D): Tensor1D => {
    const answers = learner.head.predict(outputs) as Tensor1D;
    return task.kind === 'classes' ? cast(equal(answers, targets), 'float32') : abs(sub(answers, targets));
  };
  return {
    prototypes,
    labels: data.test.labels!.slice(0, shownPoints),
    values: data.test.values?.slice(0, shownPoints),
    async step() {
      const batch = order.next().value;
      const images = tensor4d(batch.images, batch.shape);
      const wanted = task.kind === 'classes' ? tensor1d(batch.labels!, 'int32') : tensor1d(batch.values!);
      for (const { backbone, head, optimiser } of learners) {
        const cost = optimiser.minimize(
          () => reduce(head.loss(backbone.apply(images, { training: true }), wanted), 'mean'),
          true,
          [...backbone.trainableVariables],
        );
        // Without this wait, steps would pile up on a graphics card.
        if (learners.at(-1)!.optimiser === optimiser) await cost?.data();
        cost?.dispose();
      }
      images.dispose();
      wanted.dispose();
    },
    async measure() {
      const tensors = tidy((): Tensor[] => {
        const ownOutputs = own.backbone.apply(test);
        return [
          normaliseRows(ownOutputs),
          own.head.predict(ownOutputs),
          mean(errorOf(own, ownOutputs)),
          mean(errorOf(opponent, opponent.backbone.apply(test))),
        ];
      });
      const arrays = await Promise.all(tensors.map((tensor) => tensor.data()));
      tensors.forEach((tensor) => {
        tensor.dispose();
      });
      const dimensions = own.head.outputDimensions;
      return {
        outputs: { dimensions, values: Float32Array.from(arrays[0]!.slice(0, shownPoints * dimensions)) },
        predictions:
          task.kind === 'rotation' ? Float32Array.from(arrays[1]!.slice(0, shownPoints)) : undefined,
        hyperspherical: arrays[2]![0]!,
        opponent: arrays[3]![0]!,
      };
    },
    dispose() {
      for (const { backbone, head, optimiser } of learners) {
        backbone.dispose();
        head.dispose();
        optimiser.dispose();
      }
      test.dispose();
      targets.dispose();
    },
  };
}

async function classHeads({ dimensions, seed }: { readonly dimensions: number; readonly seed: number }) {
  const prototypes = await createPrototypes({ classes: 10, dimensions, seed });
  return {
    heads: [prototypeClassifier({ prototypes }), softmaxClassifier({ classes: 10 })],
    prototypes: { dimensions, values: prototypes.values },
  };
}

function poleHeads(data: Dataset) {
  return {
    heads: [
      prototypeRegressor({ bounds: { lower: 0, upper: 180 } }),
      linearRegressor({ standards: standardFromTargets(data.values!) }),
    ] as Head<Tensor1D>[],
    prototypes: { dimensions: 3, values: Float32Array.of(1, 0, 0, -1, 0, 0) },
  };
}

function turned(digits: Dataset, seed: number): Dataset {
  return rotatedDataset(chooseClasses(digits, turnedDigits), { range: [0, 180], seed, mask: 'none' });
}

function wholeBatch(data: Dataset, normalise: ChannelStatistics) {
  const [batch] = batches(firstImages(data, data.size), { batchSize: data.size, normalise });
  return tensor4d(batch!.images, batch!.shape);
}

function* endlessBatches(
  data: Dataset,
  normalise: ChannelStatistics,
  seed: number,
): Generator<Batch, never, undefined> {
  for (let epoch = 0; ; epoch += 1) {
    yield* batches(data, { batchSize, seed, epoch, normalise, dropLast: true });
  }
}

/** How many steps a training has: some epochs. */
export function stepsOf(task: Task): number {
  return task.kind === 'classes' ? 558 : 690;
}
