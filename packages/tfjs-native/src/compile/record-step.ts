import { dispose, engine, type Optimizer, type Tensor, type Variable } from '@tensorflow/tfjs';
import { setRecording } from '../engine/is-recording.js';
import type { ArgumentTree } from './argument-tree.js';
import type { BackendInternals } from './backend-internals.js';
import { backendInternals, nativeId, numericVariables } from './engine-internals.js';
import { fuseUpdates } from './fuse-updates.js';
import { createGraphBuilder, type GraphBuilder } from './graph-builder.js';
import { explainError } from './explain-error.js';
import { introduceFeeds } from './introduce-feeds.js';
import { assignNative, introduceVariables } from './introduce-variables.js';
import { createNativeGraph } from './native-graph.js';
import { keepsRateInTensor } from './optimizer-rate.js';
import { createRecorder, type Recorder } from './recorder.js';
import { recordingDifference } from './recording-difference.js';
import { RecordingError } from './recording-error.js';
import type { FeedCheck, Recording, VariableUpdate } from './recording.js';
import { flattenResult, type ResultTree } from './result-tree.js';
import { describeSource } from './tensor-origin.js';
import { isThenable } from './is-thenable.js';
import { isTensor, isVariable, tensorsIn } from './tensor-tree.js';
import { watchState, type TracedState } from './traced-state.js';
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
  /** What the step found in JavaScript. */
  readonly state: TracedState;
}

/** A step, and whose state it reads. */
export interface RecordedStep {
  readonly step: (...values: unknown[]) => unknown;
  /** Those whose learning rates are inputs where they are tensors. */
  readonly optimizers: readonly Optimizer[];
  /** Objects that the step is known to read; those found in the call are added. */
  readonly roots: Set<object>;
}

/** Calls the step as it is, and writes down what it asks of TensorFlow; `previous` is the recording of the call before. */
export function recordStep(
  { step, optimizers, roots }: RecordedStep,
  argumentTree: ArgumentTree,
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
  const checks: FeedCheck[] = [];
  const feeds = introduceFeeds(backend, recorder, argumentTree, checks);
  const rateOptimizers = optimizers.filter(keepsRateInTensor);
  rateOptimizers.forEach((optimizer) => {
    recorder.introduce(optimizer.c, { kind: 'learning rate', optimizer });
  });
  const watcher = watchState(roots, rateOptimizers);
  recorder.start();
  setRecording(true);
  const places = watchVariables();
  engine().startScope(callStep);
  let isScopeOpen = true;
  let isKept = false;
  let made: readonly Tensor[] = [];
  try {
    const result = callRecordedStep(step, argumentTree.rebuild(feeds));
    const state = watcher.stop();
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
      checks,
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
    if (tree === undefined) return { result, tensors: made, recording: kept, state };
    // What the step merely passes on stays its owner's: the caller gets a tensor of its own, as a graph gives it.
    const tensors = tree.tensors.map((tensor) => (made.includes(tensor) ? tensor : tensor.clone()));
    return { result: tree.rebuild(tensors), tensors, recording: kept, state };
  } catch (error) {
    if (isScopeOpen) engine().endScope();
    finishFailed(backend, recorder, before, made);
    throw explainError(error, argumentTree, callStep);
  } finally {
    setRecording(false);
    watcher.stop();
    places.stop();
    recorder.stop();
    if (!isKept) graph.close();
    feeds.forEach((feed, index) => {
      const original = argumentTree.feeds[index];
      // What the step disposes is the caller's tensor, as far as it can know.
      if (feed.isDisposed && isTensor(original)) original.dispose();
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

function isMadeInside(tensor: Tensor, recorder: Recorder): boolean {
  return !isVariable(tensor) && !tensor.isDisposed && recorder.originOf(tensor)?.kind !== 'input';
}

function takeApart(result: unknown, recorder: Recorder): ResultTree | undefined {
  if (isThenable(result)) {
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
  for (const variable of numericVariables()) {
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
  for (const tensor of [...results, ...numericVariables()]) {
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
