import * as tf from '@tensorflow/tfjs';
import { afterEach, describe, expect, it } from 'vitest';
import { createAdam, createAdamW, createSgd, type GradientOptimizer } from '../index.js';
import { compile } from './compile.js';
import { dataType } from './data-type.js';
import { backendInternals } from './engine-internals.js';
import { fuseUpdates } from './fuse-updates.js';
import { createGraphBuilder } from './graph-builder.js';
import { encodeAttribute } from './graph-def.js';
import { createNativeGraph } from './native-graph.js';

const { binding } = backendInternals();
const float = dataType.float32;
const typeOfElements = { name: 'T', type: binding.TF_ATTR_TYPE, value: float };

afterEach(() => {
  tf.disposeVariables();
});

/** A graph with x and y of one shape, and rate, a scalar; `results` are fetched by its `run`. */
function updates(shape = [3]) {
  const graph = createNativeGraph(binding);
  const builder = createGraphBuilder(graph);
  const inputs = [
    builder.placeholder('x', float, shape),
    builder.placeholder('y', float, shape),
    builder.placeholder('rate', float, []),
  ];
  const operation = (name: string, ...from: string[]): string =>
    builder.operation(name, from, [typeOfElements], undefined).name;
  const fuse = (...outputs: string[]): Map<string, string> =>
    fuseUpdates({ graph, nodes: builder.nodes, outputs, updates: [] });
  const run = (x: number[], y: number[], rate: number, ...fetches: string[]): number[][] => {
    const feeds = [x, y].map((values) => binding.createTensor([3], float, Float32Array.from(values)));
    feeds.push(binding.createTensor([], float, Float32Array.of(rate)));
    const results = graph.prepare(inputs, fetches)(Int32Array.from(feeds));
    const values = results.map(({ id }) => Array.from(binding.tensorDataSync(id)));
    for (const id of [...feeds, ...results.map((result) => result.id)]) binding.deleteTensor(id);
    return values;
  };
  return { graph, operation, fuse, run };
}

describe('fuseUpdates', () => {
  it('gives what one finds by hand, from one operation', () => {
    const { graph, operation, fuse, run } = updates();
    const sum = operation('Add', 'x', 'y');
    const square = operation('Square', sum);
    const rest = operation('Sub', 'x', operation('Mul', 'rate', square));
    const fused = fuse(sum, rest);
    expect([...fused]).toEqual([
      [sum, 'fused_0'],
      [rest, 'fused_0:1'],
    ]);
    // 1 + 2 = 3, 1 - 0.5 * 9 = -3.5, and so on.
    expect(run([1, 2, 3], [2, 0, -2], 0.5, ...fused.values())).toEqual([
      [3, 2, 1],
      [-3.5, 0, 2.5],
    ]);
    graph.close();
  });

  it('gives the bits of TensorFlow, of every operation and any numbers', () => {
    const { graph, operation, fuse, run } = updates();
    const results = (['Add', 'AddV2', 'Sub', 'Mul', 'RealDiv'] as const).flatMap((name) => [
      operation(name, operation(name, 'x', 'y'), 'rate'),
      operation(name, 'rate', operation(name, 'y', 'x')),
    ]);
    results.push(operation('Square', operation('Sqrt', 'x')));
    const fused = fuse(...results);
    expect([...fused.keys()].sort()).toEqual([...results].sort());
    const extremes = [0, -0, 1e-45, -1e-39, 3.4e38, Infinity, -Infinity, NaN, 1 / 3, -7];
    for (let row = 0; row < 2000; row++) {
      const number = (index: number): number =>
        row < 100
          ? extremes[(row * (index + 1) + index) % extremes.length]!
          : Math.sin(1.7 * row + 3 * index) * 10 ** (((row * 7 + index) % 60) - 30);
      const values = [[0, 1, 2].map(number), [3, 4, 5].map(number), number(6)] as const;
      expect(run(...values, ...results.map((name) => fused.get(name)!))).toEqual(run(...values, ...results));
    }
    graph.close();
  });

  it.each([
    [2 ** 19, 1],
    [2 ** 19 + 1, 0],
  ])('leaves to the threads of TensorFlow what is large: of %i numbers it fuses %i result', (size, count) => {
    const { graph, operation, fuse } = updates([size]);
    expect(fuse(operation('Add', operation('Mul', 'x', 'y'), 'y')).size).toBe(count);
    graph.close();
  });

  it('leaves alone what other operations read, what is fetched by itself, and what has no shape or another one', () => {
    const { graph, operation, fuse } = updates();
    const read = operation('Add', operation('Mul', 'x', 'y'), 'y');
    const single = operation('Add', 'x', 'y');
    const scalar = operation('Mul', operation('Add', 'rate', 'rate'), 'rate');
    operation('Add', operation('Mul', 'x', 'x'), 'y');
    expect([...fuse(operation('Neg', read), single, scalar)]).toEqual([]);
    graph.close();
  });

  it.each<[string, (variables: tf.Variable[]) => GradientOptimizer]>([
    ['sgd', (variables) => createSgd(variables)],
    ['sgd with momentum', (variables) => createSgd(variables, { momentum: 0.9, weightDecay: 1e-3 })],
    [
      'sgd with Nesterov momentum',
      (variables) =>
        createSgd(variables, { momentum: 0.9, nesterov: true, weightDecay: 0.1, decoupledWeightDecay: true }),
    ],
    ['adam', (variables) => createAdam(variables, { weightDecay: 1e-3 })],
    ['adamW', (variables) => createAdamW(variables)],
  ])('takes the steps of %s to the last bit', (_, create) => {
    // Below, at and above the elements that are computed at a time.
    const shapes = [[1], [2], [255], [16, 16], [3, 3, 7, 11], [1000]];
    const train = (isCompiled: boolean): number[][] => {
      const variables = shapes.map((shape, index) =>
        tf.variable(tf.randomUniform(shape, -1, 1, 'float32', index + 1)),
      );
      const optimizer = create(variables);
      const step = (rate: tf.Scalar): tf.Scalar => {
        const { value, grads } = tf.variableGrads(
          () => tf.addN(variables.map((variable) => tf.sum(tf.sin(tf.mul(variable, 3))))).asScalar(),
          variables,
        );
        optimizer.step(grads, rate);
        return value;
      };
      const run = isCompiled ? compile(step) : step;
      for (let index = 0; index < 12; index++) run(tf.scalar(0.1 / (1 + index)));
      return [...variables, ...optimizer.state].map((variable) => Array.from(variable.dataSync()));
    };
    expect(train(true)).toEqual(train(false));
  });

  it('cannot be made to read elsewhere: TensorFlow refuses a program whose operands are not there', () => {
    const { graph, run } = updates();
    const { TF_ATTR_INT: type } = binding;
    const attributes = (program: number[], fetched: number[]) =>
      Object.entries({ count: 2, results: 1, program, fetched }).map(([name, value]) =>
        encodeAttribute({ name, type, value }),
      );
    const wrong: [number[], number[]][] = [
      [[0, 0, 2], [0]],
      [[0, -1, 0], [0]],
      [[9, 0, 1], [0]],
      [[0, 0, 1], [1]],
    ];
    for (const [index, [program, fetched]] of wrong.entries()) {
      const name = `wrong_${index}`;
      graph.add({
        operation: 'HypersphericalElementwise',
        name,
        inputs: ['x', 'y'],
        attributes: attributes(program, fetched),
      });
      expect(() => run([1, 2, 3], [4, 5, 6], 1, name)).toThrow(/operand that is not there/);
    }
    graph.close();
  });
});
