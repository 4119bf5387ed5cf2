import { afterEach, describe, expect, it } from 'vitest';
import '../index.js';
import { dataType } from './data-type.js';
import { backendInternals } from './engine-internals.js';
import { encodeAttribute, shapeAttribute, tensorAttribute, typeAttribute } from './graph-def.js';
import { createNativeGraph, type NativeGraph } from './native-graph.js';

const { binding } = backendInternals();
const float = dataType.float32;
const made: number[] = [];

afterEach(() => {
  for (const id of made.splice(0)) binding.deleteTensor(id);
});

function tensor(...values: number[]): number {
  const id = binding.createTensor([values.length], float, Float32Array.from(values));
  made.push(id);
  return id;
}

function run(graph: NativeGraph, feeds: Record<string, number>, ...fetches: string[]): number[][] {
  const results = graph.prepare(Object.keys(feeds), fetches)(Int32Array.from(Object.values(feeds)));
  made.push(...results.map(({ id }) => id));
  return results.map(({ id }) => Array.from(binding.tensorDataSync(id)));
}

/** A graph with the placeholder x of [2]. */
function graphWithInput(): NativeGraph {
  const graph = createNativeGraph(binding);
  graph.add({
    operation: 'Placeholder',
    name: 'x',
    inputs: [],
    attributes: [typeAttribute('dtype', float), shapeAttribute('shape', [2])],
  });
  return graph;
}

describe('a native graph', () => {
  it('infers dtypes and shapes without computing, and runs', () => {
    const graph = graphWithInput();
    expect(graph.add({ operation: 'Neg', name: 'y', inputs: ['x'], attributes: [] })).toEqual([
      { dtype: float, shape: [2] },
    ]);
    expect(graph.firstRunMilliseconds).toBeUndefined();
    expect(run(graph, { x: tensor(1, 2) }, 'y')).toEqual([[-1, -2]]);
    expect(graph.firstRunMilliseconds).toBeGreaterThan(0);
    graph.close();
  });

  it('grows between runs, takes lists, and has nodes with several outputs', () => {
    const graph = graphWithInput();
    graph.add({ operation: 'Neg', name: 'y', inputs: ['x'], attributes: [] });
    run(graph, { x: tensor(1, 2) }, 'y');
    const values = Int32Array.of(0);
    graph.add({
      operation: 'Const',
      name: 'axis',
      inputs: [],
      attributes: [
        typeAttribute('dtype', dataType.int32),
        tensorAttribute('value', { dtype: dataType.int32, shape: [], values }),
      ],
    });
    const joined = graph.add({
      operation: 'ConcatV2',
      name: 'joined',
      inputs: ['x', 'y', 'x', 'axis'],
      attributes: [],
    });
    expect(joined).toEqual([{ dtype: float, shape: [6] }]);
    const parts = graph.add({
      operation: 'Split',
      name: 'parts',
      inputs: ['axis', 'joined'],
      attributes: [encodeAttribute({ name: 'num_split', type: binding.TF_ATTR_INT, value: 3 })],
    });
    expect(parts.map(({ shape }) => shape)).toEqual([[2], [2], [2]]);
    expect(run(graph, { x: tensor(3, 4) }, 'parts:1', 'parts:2')).toEqual([
      [-3, -4],
      [3, 4],
    ]);
    graph.close();
  });

  it('knows no shape that depends on values, and takes batch normalisation for known', () => {
    const graph = graphWithInput();
    const [values, indices] = graph.add({ operation: 'Unique', name: 'u', inputs: ['x'], attributes: [] });
    expect(values!.shape).toBeUndefined();
    expect(indices!.shape).toEqual([2]);
    for (const [name, shape] of Object.entries({ image: [1, 1, 1, 2], scale: [2] })) {
      graph.add({
        operation: 'Placeholder',
        name,
        inputs: [],
        attributes: [typeAttribute('dtype', float), shapeAttribute('shape', shape)],
      });
    }
    const outputs = graph.add({
      operation: 'FusedBatchNormV3',
      name: 'normalised',
      inputs: ['image', 'scale', 'scale', 'scale', 'scale'],
      attributes: [],
    });
    expect(outputs.map(({ shape }) => shape)).toEqual([[1, 1, 1, 2], [2], [2], [2], [2], [0]]);
    graph.close();
  });

  it('throws what TensorFlow has against a node or a run, in full, and goes on working', () => {
    const graph = graphWithInput();
    graph.add({ operation: 'Neg', name: 'y', inputs: ['x'], attributes: [] });
    expect(() =>
      graph.add({ operation: 'NoSuchOperation', name: 'z', inputs: ['x'], attributes: [] }),
    ).toThrow(/NoSuchOperation/);
    expect(() => graph.add({ operation: 'MatMul', name: 'z', inputs: ['x', 'y'], attributes: [] })).toThrow(
      /Shape must be rank 2 but is rank 1/,
    );
    expect(() => graph.add({ operation: 'Neg', name: 'z', inputs: ['w'], attributes: [] })).toThrow(
      'the graph has no w',
    );
    expect(() => run(graph, { x: tensor(1, 2) }, 'y:1')).toThrow('y has no output 1.');
    expect(() => run(graph, {}, 'y')).toThrow(
      /You must feed a value for placeholder tensor 'x' with dtype float/,
    );
    expect(() => run(graph, { x: 2 ** 30 }, 'y')).toThrow(
      'Input Tensor ID not referenced (tensor_id: 1073741824)',
    );
    expect(run(graph, { x: tensor(1, 2) }, 'y')).toEqual([[-1, -2]]);
    graph.close();
  });

  it('leaves no tensor behind, not even when a run fails, and no graph once closed', () => {
    const graphs = binding.getNumOfGraphs();
    const graph = graphWithInput();
    graph.add({ operation: 'Neg', name: 'y', inputs: ['x'], attributes: [] });
    expect(binding.getNumOfGraphs()).toBe(graphs + 1);
    const input = tensor(1, 2);
    const tensors = binding.getNumOfTensors();
    expect(() => run(graph, { y: input }, 'x')).toThrow();
    expect(binding.getNumOfTensors()).toBe(tensors);
    graph.close();
    graph.close();
    expect(binding.getNumOfGraphs()).toBe(graphs);
    expect(() => run(graph, { x: input }, 'y')).toThrow('The graph was closed.');
    expect(() => graph.add({ operation: 'Neg', name: 'z', inputs: ['x'], attributes: [] })).toThrow(
      'The graph was closed.',
    );
  });
});
