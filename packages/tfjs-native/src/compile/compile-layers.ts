import {
  add,
  scalar,
  Sequential,
  tidy,
  variable,
  type LayersModel,
  type Optimizer,
  type Rank,
  type Scalar,
  type Tensor,
} from '@tensorflow/tfjs';
import { compile, type CompiledStep, type CompileOptions } from './compile.js';
import type { CompiledGraph } from './compiled-graph.js';
import { nativeLayerNoise } from './layer-noise.js';

/** A model of tf.layers whose training steps run as graphs. */
export interface CompiledLayers {
  /** The graphs there are at this moment, one for each shape of a batch: those of training, then those of evaluation. */
  graphs(): readonly CompiledGraph[];
  /** Frees the graphs; the model trains as before. */
  dispose(): void;
}

/** What `compileLayers` may be told; the model's own optimizer is known. */
export interface CompileLayersOptions extends Omit<CompileOptions, 'optimizers'> {
  /** A whole number that decides what dropout and noise layers draw. Default 0. */
  readonly seed?: number;
}

/** A function of tf.layers that takes one step: inputs, targets and weights to loss and metrics. */
type StepFunction = (data: Tensor[]) => Scalar[];

/** The part of a model that is replaced. */
interface TrainableModel {
  readonly optimizer: Optimizer | undefined;
  /** Another array after each `model.compile`. */
  readonly metricsTensors: unknown;
  testFunction?: StepFunction;
  makeTrainFunction?: () => StepFunction;
  makeTestFunction?: () => void;
}

/**
 * Makes the steps of a tf.layers model run as TensorFlow graphs, in training and in evaluation: `model.fit`, `fitDataset`,
 * `trainOnBatch` and `evaluate` stay as they are, with their callbacks, validation, shuffling, metrics and history. Call it
 * after `model.compile`; with `tf.sequential`, after each `model.compile`, which begins with a new model inside.
 *
 * The first two batches of a shape are recorded (three with an optimizer that keeps moments). A changed learning rate of
 * sgd and momentum costs nothing, of other optimizers a new recording. The layers `dropout`, `spatialDropout1d`,
 * `gaussianNoise` and `gaussianDropout` draw other numbers than without `compileLayers`: from `seed` and the number of the
 * step. Other layers that draw do so in JavaScript and cannot be recorded.
 *
 * @throws Error when the model is not compiled yet
 * @throws RangeError when the seed is no whole number
 * @example
 * model.compile({ optimizer: tf.train.momentum(0.1, 0.9), loss: 'categoricalCrossentropy' });
 * const compiled = compileLayers(model);
 * await model.fit(images, labels, { epochs: 10, batchSize: 128 });
 * compiled.dispose();
 */
export function compileLayers(
  model: LayersModel,
  { seed = 0, ...options }: CompileLayersOptions = {},
): CompiledLayers {
  if (!Number.isInteger(seed) || Math.abs(seed) >= 2 ** 31) {
    throw new RangeError(`seed is ${seed}; it must be a whole number of less than 32 bits.`);
  }
  // A sequential model trains through a model of its own.
  const inner =
    model instanceof Sequential ? (model as unknown as { model: LayersModel | null }).model : model;
  const target = inner as unknown as TrainableModel | null;
  if (!target?.optimizer) {
    throw new Error('The model has no optimizer yet: call model.compile before compileLayers.');
  }
  if (Object.hasOwn(target, 'makeTrainFunction')) {
    throw new Error(
      'The training steps of this model are compiled already; dispose of the first compileLayers.',
    );
  }
  const plainTrainFunction = target.makeTrainFunction!.bind(target);
  const plainMakeTestFunction = target.makeTestFunction!.bind(target);
  const noise = nativeLayerNoise(inner!, seed);
  const steps = tidy(() => variable<Rank.R0>(scalar(0), false));
  let compiledFor: unknown;
  let training: CompiledStep<[Tensor[]], Scalar[]> | undefined;
  let evaluation: CompiledStep<[Tensor[]], Scalar[]> | undefined;

  const disposeGraphs = (): void => {
    training?.dispose();
    evaluation?.dispose();
    training = evaluation = undefined;
  };
  /** After another model.compile the graphs are those of the old optimizer, loss and metrics. */
  const renew = (): void => {
    if (compiledFor === target.metricsTensors) return;
    disposeGraphs();
    compiledFor = target.metricsTensors;
  };
  const makeTraining = (): CompiledStep<[Tensor[]], Scalar[]> => {
    const plain = plainTrainFunction();
    const step: StepFunction =
      noise.layers === 0
        ? plain
        : (data) => {
            const outcome = noise.during(steps, () => plain(data));
            steps.assign(tidy(() => add(steps, 1)));
            return outcome;
          };
    return compile(step, { ...options, optimizers: [target.optimizer!] });
  };

  target.makeTrainFunction = () => (data) => {
    renew();
    training ??= makeTraining();
    return training(data);
  };
  target.makeTestFunction = () => {
    plainMakeTestFunction();
    const plain = target.testFunction!;
    target.testFunction = (data) => {
      renew();
      evaluation ??= compile(plain, options);
      return evaluation(data);
    };
  };
  return {
    graphs: () => [...(training?.graphs() ?? []), ...(evaluation?.graphs() ?? [])],
    dispose() {
      disposeGraphs();
      noise.restore();
      steps.dispose();
      delete target.makeTrainFunction;
      delete target.makeTestFunction;
      delete target.testFunction;
    },
  };
}
