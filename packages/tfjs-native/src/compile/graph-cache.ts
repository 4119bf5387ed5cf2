import { dispose, type DataId, type Optimizer, type Variable } from '@tensorflow/tfjs';
import type { ArgumentTree } from './argument-tree.js';
import type { CompiledGraph } from './compiled-graph.js';
import { backendInternals } from './engine-internals.js';
import type { NativeGraph } from './native-graph.js';
import { numericRate } from './optimizer-rate.js';
import { callStep, recordStep, type RecordedCall } from './record-step.js';
import { recordingDifference } from './recording-difference.js';
import { RecordingError } from './recording-error.js';
import type { Recording } from './recording.js';
import { createStepRun, type RunStep } from './step-run.js';

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

/** The graphs of one step, by the structure, dtypes and shapes of its arguments. */
export interface GraphCache {
  run(tree: ArgumentTree): CallOutcome;
  graphs(): CompiledGraph[];
  dispose(): void;
}

/** Two equal recordings in a row are wanted; the first calls may still create slots of an optimizer and the like. */
const maximumRecordings = 4;

/** A graph, and what must hold for it to be right. */
interface Graph {
  readonly native: NativeGraph;
  readonly run: RunStep;
  readonly facts: Omit<CompiledGraph, 'runs' | 'firstRunMilliseconds'>;
  readonly variables: readonly Variable[];
  readonly captured: readonly DataId[];
  readonly rates: readonly (number | undefined)[];
  runs: number;
}

interface Entry {
  recordings: number;
  previous?: Recording | undefined;
  graph?: Graph | undefined;
  failure?: RecordingError;
}

/** An empty cache. */
export function createGraphCache(
  step: (...values: unknown[]) => unknown,
  optimizers: readonly Optimizer[],
): GraphCache {
  const entries = new Map<string, Entry>();

  const record = (entry: Entry, tree: ArgumentTree): CallOutcome => {
    const call = recordStep(step, tree, optimizers, entry.previous);
    entry.recordings += 1;
    const failure = settle(entry, call, tree);
    if (failure === undefined) return { result: call.result, hasRun: true };
    entry.failure = failure;
    forget(entry);
    return {
      result: call.result,
      failure,
      hasRun: true,
      disposeResult() {
        // Nobody will wait for an asynchronous step any more.
        if (call.result instanceof Promise) call.result.catch(() => undefined);
        dispose([...call.tensors]);
      },
    };
  };

  /** Makes a graph when this recording is like the one before; otherwise keeps it for the next. */
  const settle = (
    entry: Entry,
    { recording }: RecordedCall,
    { key }: ArgumentTree,
  ): RecordingError | undefined => {
    if (recording instanceof RecordingError) return recording;
    const { previous } = entry;
    if (recording === previous) {
      entry.previous = undefined;
      entry.graph = openGraph(recording, key, optimizers);
      return undefined;
    }
    const failure =
      entry.recordings < maximumRecordings
        ? undefined
        : (recording.unsettled ?? (previous && recordingDifference(previous, recording, callStep)));
    forget(entry);
    if (failure === undefined && recording.unsettled === undefined) entry.previous = recording;
    else recording.graph.close();
    return failure;
  };

  return {
    run(tree) {
      let entry = entries.get(tree.key);
      if (entry === undefined) entries.set(tree.key, (entry = { recordings: 0 }));
      if (entry.failure !== undefined) return { failure: entry.failure, hasRun: false };
      const { graph } = entry;
      if (graph !== undefined && isStillRight(graph, optimizers)) {
        const result = graph.run(tree.feeds);
        graph.runs += 1;
        return { result, hasRun: true };
      }
      if (graph !== undefined) {
        graph.native.close();
        entry = { recordings: 0 };
        entries.set(tree.key, entry);
      }
      return record(entry, tree);
    },
    graphs: () =>
      [...entries.values()].flatMap(({ graph }) =>
        graph
          ? [{ ...graph.facts, runs: graph.runs, firstRunMilliseconds: graph.native.firstRunMilliseconds }]
          : [],
      ),
    dispose() {
      for (const entry of entries.values()) {
        forget(entry);
        entry.graph?.native.close();
      }
      entries.clear();
    },
  };
}

/** Lets go of the recording before. */
function forget(entry: Entry): void {
  entry.previous?.graph.close();
  entry.previous = undefined;
}

function openGraph(recording: Recording, key: string, optimizers: readonly Optimizer[]): Graph {
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
    rates: optimizers.map(numericRate),
    runs: 0,
  };
}

/** Whether everything that the recording took for granted is still so. */
function isStillRight(graph: Graph, optimizers: readonly Optimizer[]): boolean {
  const gone = graph.variables.find(({ isDisposed }) => isDisposed);
  if (gone !== undefined) {
    throw new Error(
      `The variable ${gone.name} of the compiled step was disposed; compile a step that uses others.`,
    );
  }
  const { tensorMap } = backendInternals();
  return (
    graph.captured.every((dataId) => tensorMap.has(dataId)) &&
    optimizers.every((optimizer, index) => Object.is(numericRate(optimizer), graph.rates[index]))
  );
}
