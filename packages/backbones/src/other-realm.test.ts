import vm from 'node:vm';
import { bytesOf } from '@hyperspherical/testing';
import { describe, expect, it } from 'vitest';
import '../test/backends.js';
import { createBackbone } from './create-backbone.js';
import { decodeSafetensors, encodeSafetensors } from './safetensors.js';

/** As in jest, `node:vm` or another frame: the same kinds of arrays, but not `instanceof` ours. */
const { Floats, Bytes } = vm.runInNewContext('({ Floats: Float32Array, Bytes: Uint8Array })') as {
  Floats: Float32ArrayConstructor;
  Bytes: Uint8ArrayConstructor;
};
const options = { kind: 'mlp', imageShape: [1, 1, 1], hidden: [], outputDimensions: 2 } as const;

describe('arrays of another realm', () => {
  it('are written, read and loaded as our own', () => {
    const arrays = [
      { name: 'output.weights', shape: [1, 2], values: new Floats([1, 2]) },
      { name: 'output.bias', shape: [2], values: new Floats([3, 4]) },
    ];
    expect(arrays[0]!.values instanceof Float32Array).toBe(false);
    const file = bytesOf(...encodeSafetensors({ arrays }));
    const foreign = new Bytes(file);
    for (const source of [foreign, foreign.buffer]) {
      expect(decodeSafetensors(source).arrays.map(({ values }) => [...values])).toEqual([
        [1, 2],
        [3, 4],
      ]);
    }
    const backbone = createBackbone(options);
    backbone.loadWeights(arrays);
    expect(backbone.weights().map(({ values }) => [...values])).toEqual([
      [1, 2],
      [3, 4],
    ]);
    backbone.dispose();
  });
});
