import { createBackbone } from '@hyperspherical/backbones';
import '@tensorflow/tfjs-backend-cpu';
import { describe, expect, it } from 'vitest';
import { refuseNotFinite, refuseNotFiniteWeights } from './refuse-not-finite.js';

const options = { kind: 'mlp', imageShape: [2, 2, 1], hidden: [3], outputDimensions: 2, seed: 1 } as const;

describe('refuseNotFinite', () => {
  it('names the row and the first weight that is to blame', () => {
    const backbone = createBackbone(options);
    const nameOf = (row: number): string => `${row}.png`;
    expect(() => {
      refuseNotFinite([1, 2, 3, 4], 2, nameOf, backbone);
      refuseNotFiniteWeights('run', backbone);
    }).not.toThrow();
    expect(() => {
      refuseNotFinite([1, 2, 3, Infinity], 2, nameOf, backbone);
    }).toThrow(
      'The model gives Infinity for 1.png: all weights of the network are finite, so its numbers overflow',
    );
    const weights = backbone.weights();
    const { name } = weights[0]!;
    backbone.loadWeights(
      weights.map((weight) => ({
        ...weight,
        values: weight.name === name ? weight.values.fill(NaN) : weight.values,
      })),
    );
    expect(() => {
      refuseNotFinite([1, NaN], 2, nameOf, backbone);
    }).toThrow(`The model gives NaN for 0.png: the weight ${name} holds NaN. Train it again`);
    expect(() => {
      refuseNotFiniteWeights('run', backbone);
    }).toThrow(`The model of run is of no use: the weight ${name} holds NaN.`);
    backbone.dispose();
  });
});
