import {
  add,
  scalar,
  tidy,
  variable,
  type LayersModel,
  type Optimizer,
  type Rank,
  type Scalar,
  type Tensor,
  type Variable,
} from '@tensorflow/tfjs';
import { compileReading, type CompiledStep, type CompileOptions } from './compile.js';
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
  /** What a sequential model trains through: another one after each `model.compile`. */
  readonly model?: TrainableModel | null;
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
 * after `model.compile`; it goes on after another one, with the new optimizer, loss and metrics.
 *
 * The first two batches of a shape are recorded (three with an optimizer that keeps moments). A changed learning rate of
 * sgd and momentum costs nothing; of other optimizers a new recording, as every change that `compile` notices: frozen layers,
 * dropout rates, regularizers, reassigned weights. The layers `dropout`, `spatialDropout1d`,
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
  const outer = model as unknown as TrainableModel;
  recompiled.get(outer)?.dispose();
  const isSequential = 'model' in outer;
  const inner = isSequential ? outer.model : outer;
  if (!inner?.optimizer) {
    throw new Error('The model has no optimizer yet: call model.compile before compileLayers.');
  }
  if (Object.hasOwn(inner, 'makeTrainFunction')) {
    throw new Error(
      'The training steps of this model are compiled already; dispose of the first compileLayers.',
    );
  }
  const steps = tidy(() => variable<Rank.R0>(scalar(0, 'int32'), false));
  let attached: CompiledLayers = attach(inner, steps, seed, options);
  let current: TrainableModel | null = inner;
  let isDisposed = false;
  const compiled: CompiledLayers = {
    graphs: () => attached.graphs(),
    dispose() {
      if (isDisposed) return;
      isDisposed = true;
      recompiled.delete(outer);
      attached.dispose();
      steps.dispose();
      if (!isSequential) return;
      Object.defineProperty(outer, 'model', {
        configurable: true,
        enumerable: true,
        writable: true,
        value: current,
      });
    },
  };
  if (isSequential) {
    Object.defineProperty(outer, 'model', {
      configurable: true,
      enumerable: true,
      get: () => current,
      set(next: TrainableModel | null) {
        attached.dispose();
        current = next;
        attached = next === null ? nothing : attach(next, steps, seed, options);
        recompiled.set(outer, compiled);
      },
    });
  }
  return compiled;
}

/** Sequential models that were compiled again since `compileLayers`, which may be called again for them, too. */
const recompiled = new WeakMap<object, CompiledLayers>();

const nothing: CompiledLayers = { graphs: () => [], dispose: () => undefined };

/** Replaces what one model makes its steps by. `steps` counts the steps, for layers that draw noise. */
function attach(
  target: TrainableModel,
  steps: Variable<Rank.R0>,
  seed: number,
  options: CompileLayersOptions,
): CompiledLayers {
  const plainTrainFunction = target.makeTrainFunction!.bind(target);
  const plainMakeTestFunction = target.makeTestFunction!.bind(target);
  const noise = nativeLayerNoise(target as unknown as LayersModel, seed);
  let compiledFor: readonly unknown[] = [];
  let training: CompiledStep<[Tensor[]], Scalar[]> | undefined;
  let evaluation: CompiledStep<[Tensor[]], Scalar[]> | undefined;

  const disposeGraphs = (): void => {
    training?.dispose();
    evaluation?.dispose();
    training = evaluation = undefined;
  };
  /** After another model.compile the graphs are those of the old optimizer, loss and metrics. */
  const renew = (): void => {
    const { metricsTensors, optimizer } = target;
    if (compiledFor[0] === metricsTensors && compiledFor[1] === optimizer) return;
    disposeGraphs();
    compiledFor = [metricsTensors, optimizer];
  };
  const makeTraining = (): CompiledStep<[Tensor[]], Scalar[]> => {
    const plain = plainTrainFunction();
    const step: StepFunction =
      noise.layers === 0
        ? plain
        : (data) => {
            const outcome = noise.during(steps, () => plain(data));
            steps.assign(tidy(() => add(steps, scalar(1, 'int32'))));
            return outcome;
          };
    return compileReading([target], step, { ...options, optimizers: [target.optimizer!] });
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
      evaluation ??= compileReading([target], plain, options);
      return evaluation(data);
    };
  };
  return {
    graphs: () => [...(training?.graphs() ?? []), ...(evaluation?.graphs() ?? [])],
    dispose() {
      disposeGraphs();
      noise.restore();
      delete target.makeTrainFunction;
      delete target.makeTestFunction;
      delete target.testFunction;
    },
  };
}
