import { dispose, type DataId, type Variable } from '@tensorflow/tfjs';
import type { ArgumentTree } from './argument-tree.js';
import type { CompiledGraph } from './compiled-graph.js';
import { backendInternals } from './engine-internals.js';
import { isThenable } from './is-thenable.js';
import type { NativeGraph } from './native-graph.js';
import { callStep, recordStep, type RecordedCall, type RecordedStep } from './record-step.js';
import { recordingDifference } from './recording-difference.js';
import { RecordingError } from './recording-error.js';
import type { Recording } from './recording.js';
import { createStepRun, type RunStep } from './step-run.js';
import { isPastState, isSameState, type TracedState } from './traced-state.js';

/** How one call went. */
export interface CallOutcome {
  readonly result?: unknown;
  /** Why there is no graph and will be none. */
  readonly failure?: RecordingError;
  /** Whether the step was taken, in spite of a failure. */
  readonly hasRun: boolean;
  /** Frees the result of a call that failed. */
  readonly disposeResult?: () => void;
}

/** The graphs of one step, by the structure, dtypes and shapes of its arguments and by what it found in JavaScript. */
export interface GraphCache {
  run(tree: ArgumentTree): CallOutcome;
  graphs(): CompiledGraph[];
  dispose(): void;
}

/** Two equal recordings in a row are wanted; the first calls may still create slots of an optimizer and the like. */
const maximumRecordings = 4;

/** States of JavaScript, such as layers frozen or not, whose graphs are kept for one kind of arguments. */
const maximumVariants = 4;

/** A graph, and what must exist for it to be right. */
interface Graph {
  readonly native: NativeGraph;
  readonly run: RunStep;
  readonly facts: Omit<CompiledGraph, 'runs' | 'firstRunMilliseconds'>;
  readonly variables: readonly Variable[];
  readonly captured: readonly DataId[];
  runs: number;
}

/** What is known of calls with one kind of arguments that found one state. */
interface Variant {
  state: TracedState;
  recordings: number;
  previous?: Recording | undefined;
  graph?: Graph | undefined;
  failure?: RecordingError | undefined;
}

/** An empty cache. */
export function createGraphCache(step: RecordedStep): GraphCache {
  /** By the arguments' key; of each, those used last come first. */
  const entries = new Map<string, Variant[]>();

  const record = (variants: Variant[], known: Variant | undefined, tree: ArgumentTree): CallOutcome => {
    const call = recordStep(step, tree, known?.previous);
    const variant: Variant = known ?? { state: call.state, recordings: 0 };
    if (known === undefined) {
      variants.unshift(variant);
      for (const old of variants.splice(maximumVariants)) close(old);
    }
    variant.state = call.state;
    variant.recordings += 1;
    const failure = settle(variant, call, tree);
    if (failure === undefined) return { result: call.result, hasRun: true };
    variant.failure = failure;
    forget(variant);
    return {
      result: call.result,
      failure,
      hasRun: true,
      disposeResult() {
        // Nobody will wait for an asynchronous step any more.
        if (isThenable(call.result)) call.result.then(undefined, () => undefined);
        dispose([...call.tensors]);
      },
    };
  };

  return {
    run(tree) {
      let variants = entries.get(tree.key);
      if (variants === undefined) entries.set(tree.key, (variants = []));
      const variant = findVariant(variants);
      if (variant?.failure !== undefined) return { failure: variant.failure, hasRun: false };
      if (variant?.graph === undefined) return record(variants, variant, tree);
      const { graph } = variant;
      const result = graph.run(tree.feeds);
      graph.runs += 1;
      return { result, hasRun: true };
    },
    graphs: () =>
      [...entries.values()]
        .flat()
        .flatMap(({ graph }) =>
          graph
            ? [{ ...graph.facts, runs: graph.runs, firstRunMilliseconds: graph.native.firstRunMilliseconds }]
            : [],
        ),
    dispose() {
      for (const variants of entries.values()) variants.forEach(close);
      entries.clear();
    },
  };
}

/** Makes a graph when this recording is like the one before; otherwise keeps it for the next. */
function settle(
  variant: Variant,
  { recording }: RecordedCall,
  { key }: ArgumentTree,
): RecordingError | undefined {
  if (recording instanceof RecordingError) return recording;
  const { previous } = variant;
  if (recording === previous) {
    variant.previous = undefined;
    variant.graph = openGraph(recording, key);
    return undefined;
  }
  const failure =
    variant.recordings < maximumRecordings
      ? undefined
      : (recording.unsettled ?? (previous && recordingDifference(previous, recording, callStep)));
  forget(variant);
  if (failure === undefined && recording.unsettled === undefined) variant.previous = recording;
  else recording.graph.close();
  return failure;
}

/** The variant that fits what the step would find now, moved to the front; those that never will again are closed. */
function findVariant(variants: Variant[]): Variant | undefined {
  for (let index = 0; index < variants.length; index++) {
    const variant = variants[index]!;
    const isSame = isSameState(variant.state);
    if (isSame ? isGone(variant) : isPastState(variant.state)) {
      variants.splice(index--, 1);
      close(variant);
    } else if (isSame) {
      if (index > 0) variants.unshift(...variants.splice(index, 1));
      return variant;
    }
  }
  return undefined;
}

/** Whether a graph needs what no longer exists: a new recording tells what the step uses instead, or that it fails. */
function isGone({ graph }: Variant): boolean {
  if (graph === undefined) return false;
  const { tensorMap } = backendInternals();
  return (
    graph.variables.some(({ isDisposed }) => isDisposed) ||
    !graph.captured.every((dataId) => tensorMap.has(dataId))
  );
}

/** Lets go of the recording before. */
function forget(variant: Variant): void {
  variant.previous?.graph.close();
  variant.previous = undefined;
}

function close(variant: Variant): void {
  forget(variant);
  variant.graph?.native.close();
}

function openGraph(recording: Recording, key: string): Graph {
  const { nodes, inputs, updates, captured } = recording;
  const given = inputs.flatMap(({ source }) => (source.kind === 'variable' ? [source.variable] : []));
  return {
    native: recording.graph,
    run: createStepRun(recording),
    facts: {
      arguments: key,
      nodes: nodes.length,
      variables: given.length,
      updates: updates.length,
    },
    variables: [...new Set([...given, ...updates.map(({ variable }) => variable)])],
    captured,
    runs: 0,
  };
}
