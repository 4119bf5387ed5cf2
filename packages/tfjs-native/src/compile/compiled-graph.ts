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
  /** How long its first run took, in which TensorFlow prepares it; undefined before. */
  readonly firstRunMilliseconds: number | undefined;
}
