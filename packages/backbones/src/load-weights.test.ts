import { memory } from '@tensorflow/tfjs-core';
import { afterAll, describe, expect, it } from 'vitest';
import '../test/backends.js';
import { createBackbone } from './create-backbone.js';
import type { NamedWeights } from './named-weights.js';

const options = { kind: 'mlp', imageShape: [1, 2, 1], hidden: [2], outputDimensions: 2 } as const;
const backbone = createBackbone(options);
const weights: NamedWeights = [
  { name: 'hidden.0.weights', shape: [2, 2], values: Float32Array.of(1, 2, 3, 4) },
  { name: 'hidden.0.bias', shape: [2], values: Float32Array.of(5, 6) },
  { name: 'output.weights', shape: [2, 2], values: Float32Array.of(7, 8, 9, 10) },
  { name: 'output.bias', shape: [2], values: Float32Array.of(11, 12) },
];

afterAll(() => {
  backbone.dispose();
});

describe('loadWeights', () => {
  it('sets every variable, in whatever order they come, and leaves no tensor', () => {
    const before = memory().numTensors;
    backbone.loadWeights(weights.toReversed());
    expect(backbone.weights()).toEqual(weights);
    expect(memory().numTensors).toBe(before);
  });

  it('keeps no hold on the arrays that it is given, nor gives its own away', () => {
    const values = Float32Array.of(11, 12);
    backbone.loadWeights([...weights.slice(0, 3), { ...weights[3]!, values }]);
    values.fill(0);
    backbone.weights()[3]!.values.fill(0);
    expect(backbone.weights()[3]!.values).toEqual(Float32Array.of(11, 12));
  });

  it('leaves the output layer out on demand, whatever its size', () => {
    const other = createBackbone({ ...options, outputDimensions: 5, seed: 1 });
    const before = other.weights();
    other.loadWeights(weights, { exceptOutput: true });
    expect(other.weights()).toEqual([...weights.slice(0, 2), ...before.slice(2)]);
    other.loadWeights(weights.slice(0, 2), { exceptOutput: true });
    other.dispose();
  });

  it.each(['module.', '_orig_mod.', 'module._orig_mod.', '_orig_mod.module.'])(
    'takes off %s, which PyTorch puts before names',
    (prefix) => {
      const other = createBackbone({ ...options, seed: 1 });
      other.loadWeights(weights.map((weight) => ({ ...weight, name: prefix + weight.name })));
      expect(other.weights()).toEqual(weights);
      const twice = [...weights, { ...weights[0]!, name: prefix + weights[0]!.name }];
      expect(() => {
        other.loadWeights(twice);
      }).toThrow('The weights hold hidden.0.weights twice.');
      other.dispose();
    },
  );

  it.each<[string, NamedWeights]>([
    ['The weights lack output.bias, which this network needs.', weights.slice(0, 3)],
    ['The weights hold output.bias twice.', [...weights, weights[3]!]],
    [
      'The weights hold hidden.1.bias, which this network lacks: they come from other options.',
      [...weights, { ...weights[1]!, name: 'hidden.1.bias' }],
    ],
    [
      'The weights of output.bias are [1,2]; this network needs [2].',
      [...weights.slice(0, 3), { ...weights[3]!, shape: [1, 2] }],
    ],
    [
      'The weights of output.bias hold 3 numbers; [2] needs 2.',
      [...weights.slice(0, 3), { ...weights[3]!, values: Float32Array.of(1, 2, 3) }],
    ],
  ])('changes nothing and says: %s', (message, given) => {
    const before = backbone.weights();
    const changed = given.map((weight) => ({ ...weight, values: weight.values.map((value) => -value) }));
    expect(() => {
      backbone.loadWeights(changed);
    }).toThrow(new RangeError(message));
    expect(backbone.weights()).toEqual(before);
  });

  it('is refused after dispose, and so is weights', () => {
    const gone = createBackbone(options);
    gone.dispose();
    expect(() => {
      gone.loadWeights(weights);
    }).toThrow('This backbone was disposed; create another one.');
    expect(() => gone.weights()).toThrow('This backbone was disposed');
  });
});
