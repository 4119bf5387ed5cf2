import { bytesOf } from '@hyperspherical/testing';
import { describe, expect, it } from 'vitest';
import '../test/backends.js';
import { createBackbone } from './create-backbone.js';
import { decodeSafetensors, encodeSafetensors } from './safetensors.js';

const weights = {
  arrays: [
    { name: 'linear/weight', shape: [2, 3], values: Float32Array.of(1, 2, 3, 4, 5, 1e-30) },
    { name: 'linear/bias', shape: [], values: Float32Array.of(-7) },
  ],
  metadata: { position: '{"epoch":3}' },
};

describe('safetensors', () => {
  it('come back as they went', () => {
    expect(decodeSafetensors(bytesOf(...encodeSafetensors(weights)))).toEqual(weights);
  });

  it('start with the length of a JSON header that names dtype, shape and offsets', () => {
    const bytes = bytesOf(...encodeSafetensors(weights));
    const length = Number(new DataView(bytes.buffer).getBigUint64(0, true));
    expect(length % 8).toBe(0);
    expect(JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + length)))).toMatchObject({
      'linear/weight': { dtype: 'F32', shape: [2, 3], data_offsets: [0, 24] },
      'linear/bias': { dtype: 'F32', shape: [], data_offsets: [24, 28] },
    });
    expect(bytes.length).toBe(8 + length + 28);
  });

  it('are refused when cut anywhere', () => {
    const bytes = bytesOf(...encodeSafetensors(weights));
    for (const length of [0, 7, 40, bytes.length - 1]) {
      expect(() => decodeSafetensors(bytes.subarray(0, length))).toThrow();
    }
  });

  it('hold a network, and give it to another one', () => {
    const options = { kind: 'mlp', imageShape: [2, 2, 1], hidden: [3], outputDimensions: 2 } as const;
    const [ours, theirs] = [createBackbone({ ...options, seed: 1 }), createBackbone({ ...options, seed: 2 })];
    const file = bytesOf(...encodeSafetensors({ arrays: ours.weights() }));
    theirs.loadWeights(decodeSafetensors(file).arrays);
    expect(theirs.weights()).toEqual(ours.weights());
    ours.dispose();
    theirs.dispose();
  });

  it('of other programs may hold other numbers: halves and doubles are read, whole numbers left out', () => {
    const header = JSON.stringify({
      half: { dtype: 'F16', shape: [6], data_offsets: [0, 12] },
      brain: { dtype: 'BF16', shape: [2], data_offsets: [12, 16] },
      double: { dtype: 'F64', shape: [1], data_offsets: [16, 24] },
      count: { dtype: 'I64', shape: [], data_offsets: [24, 32] },
    });
    const length = BigUint64Array.of(BigInt(header.length));
    const halves = Uint16Array.of(0x3c00, 0xc000, 0x0001, 0x7bff, 0x7c00, 0x8000);
    const brains = Uint16Array.of(0x3f80, 0xc049);
    const file = bytesOf(length, header, halves, brains, Float64Array.of(0.1), new Uint8Array(8));
    expect(decodeSafetensors(file).arrays).toEqual([
      { name: 'half', shape: [6], values: Float32Array.of(1, -2, 2 ** -24, 65504, Infinity, -0) },
      { name: 'brain', shape: [2], values: Float32Array.of(1, -3.140625) },
      { name: 'double', shape: [1], values: Float32Array.of(0.1) },
    ]);
  });
});
