import { createHash } from 'node:crypto';
import type { NativeAttribute } from '../engine/native-backend.js';
import type { CallPlace } from './call-place.js';
import {
  encodeAttribute,
  encodeNode,
  isUniform,
  shapeAttribute,
  tensorAttribute,
  typeAttribute,
  type ConstantTensor,
  type EncodedAttribute,
} from './graph-def.js';
import type { InferredOutput, NativeGraph } from './native-graph.js';

/** A node of a recorded graph, and where it comes from. */
export interface GraphNode {
  /** The same for equal nodes. */
  readonly bytes: Buffer;
  readonly name: string;
  /** TensorFlow's name of the operation. */
  readonly operation: string;
  readonly inputs: readonly string[];
  readonly place?: CallPlace | undefined;
  readonly outputs: readonly InferredOutput[];
}

/** An operation that was added to a graph. */
export interface BuiltOperation {
  readonly name: string;
  readonly outputs: readonly InferredOutput[];
}

/** The graph's name of a node's output. */
export function outputName(node: string, index: number): string {
  return index === 0 ? node : `${node}:${index}`;
}

/** A graph while it is written; names follow from the order of the calls alone. */
export interface GraphBuilder {
  readonly nodes: readonly GraphNode[];
  /** A value that is given at every run. */
  placeholder(name: string, dtype: number, shape: readonly number[]): string;
  /** A value that never changes; equal ones become one node. */
  constant(tensor: ConstantTensor, place: CallPlace | undefined): string;
  /** @throws Error with what TensorFlow has against it */
  operation(
    operation: string,
    inputs: readonly string[],
    attributes: readonly NativeAttribute[],
    place: CallPlace | undefined,
  ): BuiltOperation;
  /** The same value under a name that can be fetched. */
  identity(input: string, dtype: number): string;
}

/** Writes into an empty graph. */
export function createGraphBuilder(graph: NativeGraph): GraphBuilder {
  const nodes: GraphNode[] = [];
  const constants = new Map<string, string>();
  const add = (
    name: string,
    operation: string,
    inputs: readonly string[],
    attributes: readonly EncodedAttribute[],
    {
      eagerAttributes,
      ...about
    }: Pick<GraphNode, 'place'> & { readonly eagerAttributes?: readonly NativeAttribute[] } = {},
  ): BuiltOperation => {
    const outputs = graph.add({
      operation,
      name,
      inputs,
      attributes,
      ...(eagerAttributes && { eagerAttributes }),
    });
    nodes.push({
      bytes: encodeNode(name, operation, inputs, attributes),
      name,
      operation,
      inputs,
      outputs,
      ...about,
    });
    return { name, outputs };
  };
  return {
    nodes,
    placeholder(name, dtype, shape) {
      add(name, 'Placeholder', [], [typeAttribute('dtype', dtype), shapeAttribute('shape', shape)]);
      return name;
    },
    constant(tensor, place) {
      const key = constantKey(tensor);
      const known = constants.get(key);
      if (known !== undefined) return known;
      const attributes = [typeAttribute('dtype', tensor.dtype), tensorAttribute('value', tensor)];
      const { name } = add(`constant_${constants.size}`, 'Const', [], attributes, { place });
      constants.set(key, name);
      return name;
    },
    operation(operation, inputs, attributes, place) {
      return add(`${operation}_${nodes.length}`, operation, inputs, attributes.map(encodeAttribute), {
        place,
        eagerAttributes: attributes,
      });
    },
    identity: (input, dtype) =>
      add(`output_${nodes.length}`, 'Identity', [input], [typeAttribute('T', dtype)]).name,
  };
}

function constantKey({ dtype, shape, values }: ConstantTensor): string {
  const shown = isUniform(values) ? values.subarray(0, 1) : values;
  const bytes = new Uint8Array(shown.buffer, shown.byteOffset, shown.byteLength);
  return `${dtype} [${shape.join()}] ${createHash('sha256').update(bytes).digest('base64')}`;
}
