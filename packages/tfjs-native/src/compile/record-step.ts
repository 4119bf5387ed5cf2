import { dispose, engine, Tensor, Variable, type Optimizer } from '@tensorflow/tfjs';
import { backendName } from '../engine/backend-name.js';
import { setRecording } from '../engine/is-recording.js';
import type { ArgumentTree } from './argument-tree.js';
import { frames, userPlace } from './call-place.js';
import {
  aliasOf,
  backendInternals,
  backendVariables,
  nativeId,
  type BackendInternals,
} from './engine-internals.js';
import { fuseUpdates } from './fuse-updates.js';
import { createGraphBuilder, type GraphBuilder } from './graph-builder.js';
import { createNativeGraph } from './native-graph.js';
import { keepsRateInTensor } from './optimizer-rate.js';
import { createRecorder, type Recorder } from './recorder.js';
import { recordingDifference } from './recording-difference.js';
import { RecordingError } from './recording-error.js';
import type { Recording, VariableUpdate } from './recording.js';
import { flattenResult, type ResultTree } from './result-tree.js';
import { describeSource } from './tensor-origin.js';
import { tensorsIn } from './tensor-tree.js';
import { watchVariables, type VariablePlaces } from './variable-places.js';

/** One call of a step that was recorded, and what was learnt from it. */
export interface RecordedCall {
  /** What the step returned. */
  readonly result: unknown;
  /** The tensors of the result, which now belong to the caller. */
  readonly tensors: readonly Tensor[];
  /**
   * What was written down, or why that is impossible; the call was a whole one in either case. The recording before, where
   * this one is equal.
   */
  readonly recording: Recording | RecordingError;
}

/** Calls the step as it is, and writes down what it asks of TensorFlow; `previous` is the recording of the call before. */
export function recordStep(
  step: (...values: unknown[]) => unknown,
  argumentTree: ArgumentTree,
  optimizers: readonly Optimizer[],
  previous: Recording | undefined,
): RecordedCall {
  const backend = backendInternals();
  const graph = createNativeGraph(backend.binding);
  const builder = createGraphBuilder(graph);
  const recorder = createRecorder(backend, graph, builder, {
    callStep,
    describe: (source) => describeSource(source, argumentTree.names),
  });
  const before = introduceVariables(backend, recorder);
  const feeds = introduceFeeds(backend, recorder, argumentTree);
  optimizers.filter(keepsRateInTensor).forEach((optimizer) => {
    recorder.introduce(optimizer.c, { kind: 'learning rate', optimizer });
  });
  recorder.start();
  setRecording(true);
  const places = watchVariables();
  engine().startScope(callStep);
  let isScopeOpen = true;
  let isKept = false;
  let made: readonly Tensor[] = [];
  try {
    const result = callRecordedStep(step, argumentTree.rebuild(feeds));
    const tree = takeApart(result, recorder);
    const outputs = tree?.tensors.map((tensor) => recorder.fetchable(tensor)) ?? [];
    const { updates, created } = compareVariables(backend, recorder, before, places);
    made = (tree?.tensors ?? tensorsIn(result)).filter((tensor) => isMadeInside(tensor, recorder));
    // As in tf.tidy, for a graph has no intermediate results either; where there will be none, everything is left as it is.
    const { track } = engine().state.activeScope;
    engine().endScope(recorder.refusals.first === undefined ? [...(tree?.tensors ?? [])] : [...track]);
    isScopeOpen = false;
    const stray = strayTensor(backend, recorder, builder, tree?.tensors ?? []);
    const found = tree && {
      graph,
      nodes: builder.nodes,
      fused: new Map<string, string>(),
      inputs: recorder.inputs,
      outputs,
      result: tree,
      updates,
      captured: [...recorder.captured],
      disposedFeeds: feeds.flatMap((feed, index) => (feed.isDisposed ? [index] : [])),
      unsettled: created ?? stray,
    };
    const kept = recorder.refusals.first ?? sameRecording(previous, found!);
    isKept = !(kept instanceof RecordingError) && kept !== previous;
    if (kept instanceof RecordingError) {
      recorder.compute([]);
    } else {
      // The graph of an equal recording is prepared already, and there is no need for two.
      if (!isKept) graph.close();
      recorder.compute([...outputs, ...updates.map(({ output }) => output)], kept);
    }
    if (tree === undefined) return { result, tensors: made, recording: kept };
    // What the step merely passes on stays its owner's: the caller gets a tensor of its own, as a graph gives it.
    const tensors = tree.tensors.map((tensor) => (made.includes(tensor) ? tensor : tensor.clone()));
    return { result: tree.rebuild(tensors), tensors, recording: kept };
  } catch (error) {
    if (isScopeOpen) engine().endScope();
    finishFailed(backend, recorder, before, made);
    throw explainError(error, argumentTree);
  } finally {
    setRecording(false);
    places.stop();
    recorder.stop();
    if (!isKept) graph.close();
    feeds.forEach((feed, index) => {
      const original = argumentTree.feeds[index];
      // What the step disposes is the caller's tensor, as far as it can know.
      if (feed.isDisposed && original instanceof Tensor) original.dispose();
      else feed.dispose();
    });
  }
}

/** The earlier one of two equal recordings; else the later one, with its updates fused. */
function sameRecording(previous: Recording | undefined, found: Recording): Recording {
  const isSame =
    previous !== undefined &&
    found.unsettled === undefined &&
    recordingDifference(previous, found, callStep) === undefined;
  return isSame ? previous : { ...found, fused: fuseUpdates(found) };
}

/**
 * After an error: what the step did until it threw stays done, as without recording. Where TensorFlow could not compute
 * that, the variables are as they were.
 */
function finishFailed(
  backend: BackendInternals,
  recorder: Recorder,
  before: ReadonlyMap<Variable, number>,
  made: readonly Tensor[],
): void {
  try {
    recorder.compute([]);
  } catch {
    // The error that is known already came first.
  }
  recorder.stop();
  if (!recorder.isLost) return;
  for (const [variable, id] of before) {
    if (!variable.isDisposed && backend.tensorMap.get(variable.dataId).id !== id) {
      assignNative(backend, variable, id);
    }
  }
  dispose([...made]);
  recorder.deleteInputs();
}

/** The name of the function that calls the step, as it is found in stacks. */
export const callStep = callRecordedStep.name;

/** Its name marks the end of the user's frames in a stack. */
function callRecordedStep(step: (...values: unknown[]) => unknown, values: unknown[]): unknown {
  return step(...values);
}

/** Tells the recorder of all variables; which of them the step uses is seen later. */
function introduceVariables(backend: BackendInternals, recorder: Recorder): Map<Variable, number> {
  const before = new Map<Variable, number>();
  for (const variable of backendVariables(backend)) {
    if (backend.tensorMap.get(variable.dataId).refCount > 1) separate(backend, variable);
    recorder.introduce(variable, { kind: 'variable', variable });
    before.set(variable, nativeId(backend, variable));
  }
  return before;
}

/** Gives a variable a number of its own, where it shares one with another variable or a clone. */
function separate(backend: BackendInternals, variable: Variable): void {
  assignNative(backend, variable, nativeId(backend, variable));
}

function assignNative(backend: BackendInternals, variable: Variable, id: number): void {
  const alias = backend.createOutputTensor(aliasOf(backend, id));
  variable.assign(alias);
  alias.dispose();
}

/** What the step is given: tensors of their own, so that a feed is never mistaken for anything else. */
function introduceFeeds(
  backend: BackendInternals,
  recorder: Recorder,
  { feeds, names }: ArgumentTree,
): Tensor[] {
  return feeds.map((feed, index) => {
    const metadata =
      typeof feed === 'number'
        ? {
            id: backend.binding.createTensor([], backend.binding.TF_FLOAT, Float32Array.of(feed)),
            shape: [],
            dtype: backend.binding.TF_FLOAT,
          }
        : aliasOf(backend, nativeId(backend, feed));
    const tensor = backend.createOutputTensor(metadata);
    if (typeof feed === 'number') {
      const toPrimitive = (): number => {
        recorder.refusals.refuseHere(
          `The step computes with ${names[index]!} in JavaScript. A number among the arguments comes as a scalar ` +
            'tensor, so that it can change without a new recording: compute with it through tf.mul and the like.',
          toPrimitive,
        );
        return feed;
      };
      Object.defineProperty(tensor, Symbol.toPrimitive, { value: toPrimitive });
    }
    recorder.introduce(tensor, { kind: 'feed', feed: index });
    return tensor;
  });
}

/** Says in the step's own terms what tfjs says in its own: of `tf.scalar(learningRate)`, and of a missing kernel. */
function explainError(error: unknown, { feeds, names }: ArgumentTree): unknown {
  if (!(error instanceof Error)) return error;
  const about = { stack: frames(error).join('\n'), place: userPlace(error, callStep) };
  const kernel = /^Kernel '(.+)' not registered for backend/.exec(error.message)?.[1];
  if (kernel !== undefined) {
    return new RecordingError(
      `The step uses ${kernel}, which the backend ${backendName} has no kernel for: compute it in other operations, or ` +
        'outside of the step on another backend.',
      { ...about, operation: kernel },
    );
  }
  const numbers = names.filter((_, index) => typeof feeds[index] === 'number');
  if (numbers.length === 0) return error;
  if (!error.message.startsWith('values passed to tensor(values) must be a number')) return error;
  return new RecordingError(
    `The step makes a tensor of ${numbers.join(' or ')}. A number among the arguments comes as a scalar tensor, so ` +
      'that it can change without a new recording: use it as it is.',
    about,
  );
}

function isMadeInside(tensor: Tensor, recorder: Recorder): boolean {
  return !(tensor instanceof Variable) && !tensor.isDisposed && recorder.originOf(tensor)?.kind !== 'input';
}

function takeApart(result: unknown, recorder: Recorder): ResultTree | undefined {
  if (result instanceof Promise) {
    recorder.refusals.refuse(
      'The step is asynchronous: a graph runs at once. Await before the step, or after it.',
    );
    return undefined;
  }
  try {
    return flattenResult(result);
  } catch (error) {
    recorder.refusals.refuse((error as Error).message);
    return undefined;
  }
}

function compareVariables(
  backend: BackendInternals,
  recorder: Recorder,
  before: ReadonlyMap<Variable, number>,
  places: VariablePlaces,
): { readonly updates: readonly VariableUpdate[]; readonly created: RecordingError | undefined } {
  const updates: VariableUpdate[] = [];
  let created: RecordingError | undefined;
  for (const variable of backendVariables(backend)) {
    const known = before.get(variable);
    if (known === undefined) {
      const place = places.placeOf(variable);
      created ??= recorder.refusals.error(
        `The step creates variables in every call, such as ${variable.name}: create them before.`,
        { ...(place && { place }) },
      );
    } else if (nativeId(backend, variable) !== known) {
      updates.push({ variable, output: recorder.fetchable(variable) });
    }
  }
  return { updates, created };
}

/** What a step has made and kept from tidying by `tf.keep`. */
function strayTensor(
  backend: BackendInternals,
  recorder: Recorder,
  builder: GraphBuilder,
  results: readonly Tensor[],
): RecordingError | undefined {
  const living = recorder.living();
  for (const tensor of [...results, ...backendVariables(backend)]) {
    living.delete(nativeId(backend, tensor));
  }
  const [stray] = living.values();
  if (stray === undefined) return undefined;
  const { operation, place } = builder.nodes[stray.node]!;
  return recorder.refusals.error(
    `The step keeps a result of ${operation} (tf.keep) that it neither returns nor assigns to a variable: state that ` +
      'goes from call to call belongs in a tf.variable.',
    { operation, ...(place && { place }) },
  );
}
