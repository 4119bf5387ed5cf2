import { util } from '@tensorflow/tfjs';
import { dataType } from './data-type.js';
import { backendInternals } from './engine-internals.js';
import { outputName, type GraphNode } from './graph-builder.js';
import { encodeAttribute } from './graph-def.js';
import type { NativeGraph } from './native-graph.js';
import type { Recording } from './recording.js';

/** TensorFlow's operations that ours does as well, and its numbers for them (`addon/elementwise.cc`). */
const operations: ReadonlyMap<string, number> = new Map([
  ['Add', 0],
  ['AddV2', 0],
  ['Sub', 1],
  ['Mul', 2],
  ['RealDiv', 3],
  ['Square', 4],
  ['Sqrt', 5],
]);

/** Ours computes on one thread: what is larger is left to TensorFlow's threads. */
const largestSize = 2 ** 19;

/**
 * An optimizer and running averages end in hundreds of small operations, each of which costs more to schedule than to
 * compute. Adds operations to the graph that do the work of several, where they compute element by element and only fetches
 * ask for the results; the numbers stay the same. Returns where to fetch instead: by an output's name, the name of ours.
 *
 * Ours computes on the processor only: with a GPU nothing is fused.
 */
export function fuseUpdates({
  graph,
  nodes,
  outputs,
  updates,
}: Pick<Recording, 'graph' | 'nodes' | 'outputs' | 'updates'>): Map<string, string> {
  const fused = new Map<string, string>();
  if (backendInternals().binding.isUsingGpuDevice()) return fused;
  const fetched = new Set([...outputs, ...updates.map(({ output }) => output)]);
  for (const [index, group] of updateGroups(nodes, fetched).entries()) {
    addFused(graph, `fused_${index}`, group, fetched, fused);
  }
  return fused;
}

/** Groups of operations that follow from each other and that nothing else follows from, in their order. */
function updateGroups(nodes: readonly GraphNode[], fetched: ReadonlySet<string>): GraphNode[][] {
  const shapes = new Map<string, number[] | undefined>();
  const users = new Map<string, GraphNode[]>();
  for (const node of nodes) {
    node.outputs.forEach(({ shape }, index) => shapes.set(outputName(node.name, index), shape));
    for (const input of new Set(node.inputs)) users.set(input, [...(users.get(input) ?? []), node]);
  }
  const groups = new Map<GraphNode, Set<GraphNode>>();
  // Whoever uses a node comes after it.
  for (const node of nodes.toReversed()) {
    if (!isElementwise(node, shapes)) continue;
    const after = users.get(node.name) ?? [];
    const isWanted = after.length > 0 || fetched.has(node.name);
    if (!isWanted || !after.every((user) => groups.has(user))) continue;
    const group = new Set([node, ...after.flatMap((user) => [...groups.get(user)!])]);
    for (const member of group) groups.set(member, group);
  }
  return [...new Set(groups.values())]
    .filter(({ size }) => size > 1)
    .map((group) => nodes.filter((node) => group.has(node)));
}

function addFused(
  graph: NativeGraph,
  name: string,
  group: readonly GraphNode[],
  fetched: ReadonlySet<string>,
  fused: Map<string, string>,
): void {
  const members = new Map(group.map((member, index) => [member.name, index]));
  const inputs = [...new Set(group.flatMap((member) => member.inputs))].filter(
    (input) => !members.has(input),
  );
  const operand = (input: string): number => {
    const member = members.get(input);
    return member === undefined ? inputs.indexOf(input) : inputs.length + member;
  };
  const program = group.flatMap(({ operation, inputs: [left, right = left] }) => [
    operations.get(operation)!,
    operand(left!),
    operand(right!),
  ]);
  const results = group.flatMap((member, index) => (fetched.has(member.name) ? [index] : []));
  const { TF_ATTR_INT: type } = backendInternals().binding;
  graph.add({
    operation: 'HypersphericalElementwise',
    name,
    inputs,
    attributes: [
      encodeAttribute({ name: 'count', type, value: inputs.length }),
      encodeAttribute({ name: 'results', type, value: results.length }),
      encodeAttribute({ name: 'program', type, value: program }),
      encodeAttribute({ name: 'fetched', type, value: results }),
    ],
  });
  results.forEach((index, output) => fused.set(group[index]!.name, outputName(name, output)));
}

/** Whether our operation can do it: float32 of no large size, and each operand of the result's shape or a single number. */
function isElementwise(node: GraphNode, shapes: ReadonlyMap<string, number[] | undefined>): boolean {
  const [output] = node.outputs;
  if (!operations.has(node.operation) || output?.dtype !== dataType.float32) return false;
  const shape = output.shape?.join();
  return (
    sizeOf(node) > 1 &&
    sizeOf(node) <= largestSize &&
    node.inputs.every((input) => {
      const given = shapes.get(input);
      return given !== undefined && (given.join() === shape || util.sizeFromShape(given) === 1);
    })
  );
}

/** How many elements a node's first output has; 0 where that depends on values. */
function sizeOf({ outputs }: GraphNode): number {
  const shape = outputs[0]?.shape;
  return shape === undefined ? 0 : util.sizeFromShape(shape);
}
