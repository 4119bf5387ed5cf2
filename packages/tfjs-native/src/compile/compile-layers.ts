import { Sequential, type LayersModel, type Optimizer, type Scalar, type Tensor } from '@tensorflow/tfjs';
import { compile, type CompiledStep, type CompileOptions } from './compile.js';
import type { CompiledGraph } from './compiled-graph.js';

/** A model of tf.layers whose training steps run as graphs. */
export interface CompiledLayers {
  /** The graphs there are at this moment, one for each shape of a batch. */
  graphs(): readonly CompiledGraph[];
  /** Frees the graphs; the model trains as before. */
  dispose(): void;
}

/** What `compileLayers` may be told; the model's own optimizer is known. */
export type CompileLayersOptions = Omit<CompileOptions, 'optimizers'>;

/** A function of tf.layers that takes one training step: inputs, targets and weights to loss and metrics. */
type TrainFunction = (data: Tensor[]) => Scalar[];

/** The part of a model that is replaced. */
interface TrainableModel {
  readonly optimizer: Optimizer | undefined;
  makeTrainFunction?: () => TrainFunction;
}

/**
 * Makes the training steps of a tf.layers model run as TensorFlow graphs: `model.fit`, `fitDataset` and `trainOnBatch` stay
 * as they are, with their callbacks, validation and history. Call it after `model.compile`; with `tf.sequential`, after each
 * `model.compile`, which begins with a new model inside.
 *
 * The first two batches of a shape are recorded (three with an optimizer that keeps moments). A changed learning rate of
 * sgd and momentum costs nothing, of other optimizers a new recording. Layers that draw random numbers, such as
 * `tf.layers.dropout`, do so in JavaScript and cannot be recorded.
 *
 * @throws Error when the model is not compiled yet
 * @example
 * model.compile({ optimizer: tf.train.momentum(0.1, 0.9), loss: 'categoricalCrossentropy' });
 * const compiled = compileLayers(model);
 * await model.fit(images, labels, { epochs: 10, batchSize: 128 });
 * compiled.dispose();
 */
export function compileLayers(model: LayersModel, options: CompileLayersOptions = {}): CompiledLayers {
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
  let optimizer: Optimizer | undefined;
  let step: CompiledStep<[Tensor[]], Scalar[]> | undefined;
  target.makeTrainFunction = () => (data) => {
    // After another model.compile the graphs are those of the old optimizer and loss.
    if (step === undefined || optimizer !== target.optimizer) {
      step?.dispose();
      optimizer = target.optimizer!;
      step = compile(plainTrainFunction(), { ...options, optimizers: [optimizer] });
    }
    return step(data);
  };
  return {
    graphs: () => step?.graphs() ?? [],
    dispose() {
      step?.dispose();
      step = undefined;
      delete target.makeTrainFunction;
    },
  };
}
