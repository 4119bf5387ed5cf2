import { env, getBackend, type Optimizer, type Scalar } from '@tensorflow/tfjs';
import { backendName } from '../engine/backend-name.js';
import { isRecording } from '../engine/is-recording.js';
import { flattenArguments } from './argument-tree.js';
import { callPlain } from './call-plain.js';
import type { CompiledGraph } from './compiled-graph.js';
import { isDifferentiating } from './engine-internals.js';
import { createGraphCache } from './graph-cache.js';
import { RecordingError } from './recording-error.js';

/** What `compile` may be told. */
export interface CompileOptions {
  /** `'eager'`: where a graph is impossible, the step runs as it is. By default that is an error. */
  readonly fallback?: 'eager';
  /** Told why the step runs as it is, once for each reason. */
  readonly onFallback?: (reason: RecordingError) => void;
  /**
   * The optimizers of `tf.train` that the step uses. A change of any of their numbers is noticed without this, and costs a
   * new recording; of sgd and momentum that are named here, `setLearningRate` costs nothing.
   */
  readonly optimizers?: readonly Optimizer[];
}

/** Arguments of a compiled step: where the step takes a scalar, a number is as good. */
export type CompiledArguments<Arguments extends readonly unknown[]> = {
  [Index in keyof Arguments]: Scalar extends Arguments[Index] ? Arguments[Index] | number : Arguments[Index];
};

/** A step that runs as a graph, with the signature of the step itself. */
export interface CompiledStep<Arguments extends readonly unknown[], Result> {
  (...values: CompiledArguments<Arguments>): Result;
  /** The graphs that exist at this moment: for each structure, dtype and shape of arguments one or more. */
  graphs(): readonly CompiledGraph[];
  /** Frees the graphs; the step's variables stay. */
  dispose(): void;
}

/**
 * Makes a training step run as one TensorFlow graph.
 *
 * The step is ordinary TensorFlow.js: it computes with its arguments and with variables, may assign to variables, and
 * returns tensors, at least one. Its first two calls are recorded and then computed at once; from the third on
 * TensorFlow runs the whole step without it, with the same numbers. Variables are given to the graph and read back at
 * every run, so evaluation, saving and other steps always see their current values.
 *
 * Tensors and numbers among the arguments may change from call to call; a number arrives in the step as a scalar
 * tensor. Other shapes or dtypes (the last, short batch), booleans and strings make another recording of two calls.
 *
 * A graph runs only while what its step read in JavaScript is the same; a change makes another recording. That holds for
 * `trainable` of variables and layers, the properties of the layers of tf.layers and the optimizers of tf.train that the
 * step uses (weights, rates, learning rates, regularizers, also those of your own subclasses), the flags of `tf.env()`,
 * and variables and tensors that were disposed. **JavaScript variables of your own are not watched**: the step keeps the
 * numbers, typed arrays, tensors and decisions that it took from its closure, from objects and from private (`#`) fields
 * when it was recorded. Give these as arguments, or keep them in a `tf.variable`.
 *
 * Inside of `tf.grad`, `tf.variableGrads`, `optimizer.minimize` and another compiled step the step is called without a graph
 * of its own, so that it has its gradient.
 *
 * @throws RecordingError at a call, when the step cannot run as a graph: it reads a tensor on the host, draws random
 * numbers in JavaScript, keeps state in plain tensors, is asynchronous, returns no tensor. That call has taken its step
 * nevertheless; later ones fail without one.
 * @example
 * const step = compile((images: Tensor4D, labels: Tensor1D, learningRate: Scalar) => {
 *   const { value, grads } = variableGrads(() => loss(model.apply(images), labels));
 *   optimizer.step(grads, learningRate);
 *   return value;
 * });
 * const loss = step(images, labels, 0.1);
 */
export function compile<Arguments extends readonly unknown[], Result>(
  step: (...values: Arguments) => Result,
  options: CompileOptions = {},
): CompiledStep<Arguments, Result> {
  return compileReading([], step, options);
}

/** The same for a step that reads the properties of `objects`, such as a model's optimizer, loss and metrics. */
export function compileReading<Arguments extends readonly unknown[], Result>(
  objects: readonly object[],
  step: (...values: Arguments) => Result,
  { fallback, onFallback, optimizers = [] }: CompileOptions,
): CompiledStep<Arguments, Result> {
  if (typeof step !== 'function') throw new TypeError(`step is a ${typeof step}; it must be a function.`);
  if (![undefined, 'eager'].includes(fallback)) {
    throw new TypeError(`fallback is ${JSON.stringify(fallback)}; it can be 'eager' or left out.`);
  }
  const plainStep = step as unknown as (...values: unknown[]) => Result;
  const cache = createGraphCache({
    step: plainStep,
    optimizers,
    roots: new Set<object>([...objects, ...optimizers]),
  });
  const announced = new Set<string>();
  let disposed = false;

  /** Throws, or tells that the step runs as it is. */
  const giveUp = (reason: RecordingError): void => {
    if (fallback === undefined) throw reason;
    if (announced.has(reason.message)) return;
    announced.add(reason.message);
    onFallback?.(reason);
  };

  const run = (...values: unknown[]): Result => {
    if (disposed) throw new Error('This compiled step was disposed; compile the step again.');
    const tree = flattenArguments(values);
    // A step that is recorded takes in the steps that it calls; and graphs have no gradients, but their steps do.
    if (isRecording() || isDifferentiating()) return callPlain(plainStep, tree);
    const obstacle = whyNoGraph();
    if (obstacle !== undefined) {
      giveUp(new RecordingError(obstacle));
      return callPlain(plainStep, tree);
    }
    const outcome = cache.run(tree);
    if (outcome.failure === undefined) return outcome.result as Result;
    try {
      giveUp(outcome.failure);
    } catch (error) {
      outcome.disposeResult?.();
      throw error;
    }
    return outcome.hasRun ? (outcome.result as Result) : callPlain(plainStep, tree);
  };

  return Object.assign(run as (...values: CompiledArguments<Arguments>) => Result, {
    graphs: () => cache.graphs(),
    dispose() {
      disposed = true;
      cache.dispose();
    },
  });
}

/** What stands in the way of any graph at this moment. */
function whyNoGraph(): string | undefined {
  if (getBackend() !== backendName) {
    return (
      `compile works on the backend ${backendName}, and the current one is ${getBackend()}: call ` +
      `tf.setBackend('${backendName}').`
    );
  }
  if (!env().getBool('DEBUG')) return undefined;
  return (
    'tf.enableDebugMode is on and checks the result of each operation, which a graph does not give: call ' +
    "tf.env().set('DEBUG', false), or compile with fallback: 'eager'."
  );
}
