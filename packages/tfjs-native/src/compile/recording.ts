import type { DataId, Variable } from '@tensorflow/tfjs';
import type { NumberCheck } from '../engine/number-argument.js';
import type { RateOptimizer } from './optimizer-rate.js';
import type { RecordingError } from './recording-error.js';
import type { GraphNode } from './graph-builder.js';
import type { NativeGraph } from './native-graph.js';
import type { ResultTree } from './result-tree.js';

/** Something that a graph is given at every run. */
export type GraphSource =
  /** A variable's value before the step. */
  | { readonly kind: 'variable'; readonly variable: Variable }
  /** A tensor or number among the arguments. */
  | { readonly kind: 'feed'; readonly feed: number }
  /** The scalar in which an optimizer of `tf.train` keeps its learning rate. */
  | { readonly kind: 'learning rate'; readonly optimizer: RateOptimizer }
  /** A tensor that was there before the step and is no argument, such as a head's prototypes. */
  | { readonly kind: 'captured'; readonly dataId: DataId };

/** An input of a graph: the placeholder's name, and what it is given. */
export interface GraphInput {
  readonly name: string;
  readonly source: GraphSource;
}

/** A variable that the step changes, and the output that holds its new value. */
export interface VariableUpdate {
  readonly variable: Variable;
  readonly output: string;
}

/** A check that the step made of a number among the arguments, to be made again at every call. */
export interface FeedCheck {
  readonly feed: number;
  readonly check: NumberCheck;
}

/** What one call of a step asked of TensorFlow. */
export interface Recording {
  readonly graph: NativeGraph;
  readonly nodes: readonly GraphNode[];
  readonly inputs: readonly GraphInput[];
  /** Outputs that are fetched from a fused operation instead: by their names, those operations' outputs. */
  readonly fused: ReadonlyMap<string, string>;
  /** For each tensor of the result. */
  readonly outputs: readonly string[];
  readonly result: ResultTree;
  readonly updates: readonly VariableUpdate[];
  /** Data of the tensors from outside that the step used: the graph is right only while they exist. */
  readonly captured: readonly DataId[];
  /** Feeds that the step disposed. */
  readonly disposedFeeds: readonly number[];
  readonly checks: readonly FeedCheck[];
  /** Why this call was no picture of later ones: it created variables, or kept tensors. */
  readonly unsettled: RecordingError | undefined;
}
