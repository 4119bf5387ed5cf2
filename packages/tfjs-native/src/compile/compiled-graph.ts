/** Facts about one graph of a compiled step. */
export interface CompiledGraph {
  /** The arguments that it serves: dtypes and shapes, in order. */
  readonly arguments: string;
  readonly nodes: number;
  /** Variables that go in, and those that the step changes. */
  readonly variables: number;
  readonly updates: number;
  /** How often it ran. */
  readonly runs: number;
  /** How long it took to hand the graph to TensorFlow. */
  readonly loadMilliseconds: number;
}
