import { describe, expect, it } from 'vitest';
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
    expect(decodeSafetensors(Buffer.concat(encodeSafetensors(weights)))).toEqual(weights);
  });

  it('start with the length of a JSON header that names dtype, shape and offsets', () => {
    const bytes = Buffer.concat(encodeSafetensors(weights));
    const length = Number(bytes.readBigUInt64LE(0));
    expect(length % 8).toBe(0);
    expect(JSON.parse(bytes.toString('utf8', 8, 8 + length))).toMatchObject({
      'linear/weight': { dtype: 'F32', shape: [2, 3], data_offsets: [0, 24] },
      'linear/bias': { dtype: 'F32', shape: [], data_offsets: [24, 28] },
    });
    expect(bytes.length).toBe(8 + length + 28);
  });

  it('are refused when cut anywhere', () => {
    const bytes = Buffer.concat(encodeSafetensors(weights));
    for (const length of [0, 7, 40, bytes.length - 1]) {
      expect(() => decodeSafetensors(bytes.subarray(0, length))).toThrow();
    }
  });
});
