import type { NativeAttribute } from '../engine/native-backend.js';
import type { EncodedAttribute } from './graph-def.js';
import { inputArguments, inputLengths, type InputArgument } from './operation-inputs.js';

/** A tensor of the addon's. */
export interface NativeTensor {
  readonly id: number;
  readonly shape: number[];
  /** TensorFlow's number of the element type. */
  readonly dtype: number;
}

/** What the addon offers for graphs, beside tfjs-node's own functions (`addon/step_graph.h`). */
export interface GraphBinding {
  createGraph(): object;
  operationDefinition(graph: object, operation: string): Buffer;
  addGraphNode(
    graph: object,
    operation: string,
    name: string,
    inputs: Int32Array,
    attributes: readonly (string | Buffer)[],
  ): number[];
  runGraph(
    graph: object,
    feeds: Int32Array,
    tensors: Int32Array,
    fetches: Int32Array,
    bare: Int32Array,
  ): NativeTensor[];
  closeGraph(graph: object): void;
  getNumOfGraphs(): number;
}

/** What TensorFlow infers of an output without computing it. */
export interface InferredOutput {
  readonly dtype: number;
  /** Undefined where it depends on values. */
  readonly shape: number[] | undefined;
}

/** A node to be added. */
export interface NodeDescription {
  readonly operation: string;
  readonly name: string;
  /** Names of nodes, or `node:output`. */
  readonly inputs: readonly string[];
  readonly attributes: readonly EncodedAttribute[];
  /** The same as an eager call gives them, for operations that take lists. */
  readonly eagerAttributes?: readonly NativeAttribute[];
}

/**
 * Runs a part of a graph: a tensor's number for each feed in, a tensor for each fetch out; but for the last fetches, as many
 * as `bare` holds, their numbers in `bare`, which takes less time.
 */
export type RunGraph = (tensors: Int32Array, bare?: Int32Array) => NativeTensor[];

/** A graph of TensorFlow's, which may grow, and be run, and grow again. */
export interface NativeGraph {
  /**
   * Adds a node, and has TensorFlow infer its outputs.
   *
   * @throws Error with what TensorFlow has against it
   */
  add(node: NodeDescription): InferredOutput[];
  /** Prepares runs from these nodes to these outputs. */
  prepare(feeds: readonly string[], fetches: readonly string[]): RunGraph;
  /** How long the first run took, in which TensorFlow prepares the graph; undefined before. */
  readonly firstRunMilliseconds: number | undefined;
  close(): void;
}

/** Shapes that TensorFlow does not infer and nobody looks at: batch normalisation's workspace. */
const shapesOfWorkspaces: Readonly<Record<string, Readonly<Record<number, readonly number[]>>>> = {
  FusedBatchNormV3: { 5: [0] },
};

const noNumbers = new Int32Array();

const knownArguments = new Map<string, readonly InputArgument[]>();

/** An empty graph. */
export function createNativeGraph(binding: GraphBinding): NativeGraph {
  const graph = binding.createGraph();
  const indices = new Map<string, number>();
  let firstRunMilliseconds: number | undefined;

  /** The numbers of a node and its output. */
  const find = (output: string): [node: number, output: number] => {
    const colon = output.lastIndexOf(':');
    const node = indices.get(colon < 0 ? output : output.slice(0, colon));
    if (node === undefined) throw new Error(`the graph has no ${output}`);
    return [node, colon < 0 ? 0 : Number(output.slice(colon + 1))];
  };

  const argumentsOf = (operation: string): readonly InputArgument[] => {
    let found = knownArguments.get(operation);
    if (found === undefined) {
      found = inputArguments(binding.operationDefinition(graph, operation));
      knownArguments.set(operation, found);
    }
    return found;
  };

  return {
    add({ operation, name, inputs, attributes, eagerAttributes = [] }) {
      const outputs = inputs.map(find);
      let at = 0;
      const numbers = inputLengths(argumentsOf(operation), inputs.length, eagerAttributes).flatMap(
        (length) => {
          const count = Math.abs(length);
          return [length, ...outputs.slice(at, (at += count)).flat()];
        },
      );
      const facts = binding.addGraphNode(
        graph,
        operation,
        name,
        Int32Array.from(numbers),
        attributes.flatMap((attribute) => [attribute.name, attribute.value]),
      );
      indices.set(name, indices.size);
      return readOutputs(operation, facts);
    },
    prepare(feeds, fetches) {
      const feedNodes = Int32Array.from(feeds.map((feed) => find(feed)[0]));
      const fetchOutputs = Int32Array.from(fetches.flatMap(find));
      return (tensors, bare = noNumbers) => {
        const start = performance.now();
        const made = binding.runGraph(graph, feedNodes, tensors, fetchOutputs, bare);
        firstRunMilliseconds ??= performance.now() - start;
        return made;
      };
    },
    get firstRunMilliseconds() {
      return firstRunMilliseconds;
    },
    close() {
      binding.closeGraph(graph);
    },
  };
}

/** The addon gives dtype, rank and sizes of each output in one list. */
function readOutputs(operation: string, facts: readonly number[]): InferredOutput[] {
  const outputs: InferredOutput[] = [];
  for (let at = 0; at < facts.length;) {
    const [dtype, rank] = [facts[at]!, facts[at + 1]!];
    const sizes = facts.slice(at + 2, at + 2 + Math.max(0, rank));
    at += 2 + sizes.length;
    const isKnown = rank >= 0 && sizes.every((size) => size >= 0);
    const workspace = shapesOfWorkspaces[operation]?.[outputs.length];
    outputs.push({ dtype, shape: isKnown ? sizes : workspace && [...workspace] });
  }
  return outputs;
}
