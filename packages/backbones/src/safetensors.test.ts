import { bytesOf } from '@hyperspherical/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import '../test/backends.js';
import { createBackbone } from './create-backbone.js';
import { decodeSafetensors, encodeSafetensors, type Safetensors } from './safetensors.js';

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

  it('are refused when cut anywhere, and when something follows', () => {
    const bytes = bytesOf(...encodeSafetensors(weights));
    for (let length = 0; length < bytes.length; length += 1) {
      expect(() => decodeSafetensors(bytes.subarray(0, length))).toThrow(RangeError);
    }
    expect(() => decodeSafetensors(bytesOf(bytes, [0]))).toThrow(
      'Broken safetensors: its arrays have 28 bytes, and 29 come after its header.',
    );
  });

  it('are read from an ArrayBuffer, and from the middle of a buffer', () => {
    const bytes = bytesOf(...encodeSafetensors(weights));
    expect(decodeSafetensors(bytes.buffer)).toEqual(weights);
    const inside = bytesOf([1, 2, 3], bytes, [4]);
    expect(decodeSafetensors(inside.subarray(3, -1))).toEqual(weights);
    expect(decodeSafetensors(new DataView(inside.buffer, 3, bytes.length))).toEqual(weights);
    expect(() => decodeSafetensors('text' as unknown as Uint8Array)).toThrow(
      new TypeError('bytes must be a Uint8Array or an ArrayBuffer, not String.'),
    );
  });

  it('may name arrays as objects name their own, and keep the order of numbers', () => {
    const names = ['__proto__', 'constructor', '10', '2', 'toString', 'a"b\\'];
    const arrays = names.map((name, index) => ({ name, shape: [], values: Float32Array.of(index) }));
    const metadata = { toString: 'text' };
    expect(decodeSafetensors(bytesOf(...encodeSafetensors({ arrays, metadata })))).toEqual({
      arrays,
      metadata,
    });
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

  it('of doubles that float32 cannot hold are refused, and not read as Infinity', () => {
    const header = JSON.stringify({ a: { dtype: 'F64', shape: [2], data_offsets: [0, 16] } });
    const file = (...values: number[]): Uint8Array =>
      bytesOf(BigUint64Array.of(BigInt(header.length)), header, Float64Array.of(...values));
    expect(() => decodeSafetensors(file(1, 1e300))).toThrow('the value 1e+300 is beyond float32');
    expect(decodeSafetensors(file(-Infinity, 3e38)).arrays[0]!.values).toEqual(
      Float32Array.of(-Infinity, 3e38),
    );
  });

  const one = { dtype: 'F32', shape: [1], data_offsets: [0, 4] };
  it.each<[string, unknown]>([
    ['its header is not JSON', '<html>'],
    ['its header is not JSON', ''],
    ['its header is null; it must be an object', null],
    ['its header is []; it must be an object', []],
    ['its header has the name "a" twice', '{"a":{},"\\u0061":{}}'],
    [
      'its header has the name "shape" twice',
      '{"a":{"dtype":"F32","shape":[9],"shape":[1],"data_offsets":[0,4]}}',
    ],
    ['its header is nested more than 3 deep', '{"a":{"b":{"c":{'],
    ['its __metadata__ is null; it must be an object', { a: one, __metadata__: null }],
    ['its __metadata__ has 1 at "b"; it can have strings alone', { a: one, __metadata__: { b: 1 } }],
    ['the dtype of "a" is missing, which the format does not have', { a: null }],
    ['the dtype of "a" is "toString", which the format does not have', { a: { ...one, dtype: 'toString' } }],
    ['the shape of "a" is missing; it must be at most 32 whole numbers', { a: { ...one, shape: undefined } }],
    ['the shape of "a" is [-1,-1]; it must be at most 32 whole numbers', { a: { ...one, shape: [-1, -1] } }],
    ['the shape of "a" is [0.5,2]; it must be at most 32 whole numbers', { a: { ...one, shape: [0.5, 2] } }],
    ['the shape of "a" is ["1"]; it must be at most 32 whole numbers', { a: { ...one, shape: ['1'] } }],
    [
      'the data_offsets of "a" are [-4,0]; they must be two whole numbers, the smaller first',
      { a: { ...one, data_offsets: [-4, 0] } },
    ],
    [
      'the data_offsets of "a" are [0.5,4.5]; they must be two whole numbers, the smaller first',
      { a: { ...one, data_offsets: [0.5, 4.5] } },
    ],
    [
      'the data_offsets of "a" are [9007199254740992,9007199254740996]; they must be two whole numbers, the smaller first',
      { a: { ...one, data_offsets: [2 ** 53, 2 ** 53 + 4] } },
    ],
    ['"a" of shape [2] in F32 does not fit bytes 0 to 4', { a: { ...one, shape: [2] } }],
    [
      '"a" of shape [9007199254740991,9007199254740991] in F32 does not fit bytes 0 to 4',
      { a: { ...one, shape: [2 ** 53 - 1, 2 ** 53 - 1] } },
    ],
    ['"b" has bytes 0 to 4, which another array has, too', { a: one, b: one }],
    ['"a" has bytes 1 to 5, with a gap after byte 0', { a: { ...one, data_offsets: [1, 5] } }],
    ['its arrays have 0 bytes, and 4 come after its header', {}],
  ])('are refused with one sentence: %s', (message, header) => {
    const text = typeof header === 'string' ? header : JSON.stringify(header);
    const file = bytesOf(BigUint64Array.of(BigInt(text.length)), text, [0, 0, 128, 63]);
    expect(() => decodeSafetensors(file)).toThrow(new RangeError(`Broken safetensors: ${message}.`));
  });

  it('take no memory for arrays that share their bytes', () => {
    const entries = Array.from({ length: 4000 }, (_, index) => [
      `t${index}`,
      { dtype: 'F32', shape: [50_000], data_offsets: [0, 200_000] },
    ]);
    const text = JSON.stringify(Object.fromEntries(entries));
    const file = bytesOf(BigUint64Array.of(BigInt(text.length)), text, new Uint8Array(200_000));
    expect(() => decodeSafetensors(file)).toThrow('"t1" has bytes 0 to 200000, which another array has, too');
  });

  it.each([
    ['it is an HTML page', '\n<!DOCTYPE html><title>Not found</title>'],
    ['it is a pointer of Git LFS', 'version https://git-lfs.github.com/spec/v1'],
    ['it is a zip, as torch.save writes', 'PK\u0003\u0004 and more'],
    ['its header should end at byte', 'something else'],
  ])('are not what %s', (message, text) => {
    expect(() => decodeSafetensors(bytesOf(text))).toThrow(message);
  });

  it('are not read in numbers that float32 would not hold as they are meant', () => {
    const header = JSON.stringify({ a: { dtype: 'F8_E4M3', shape: [4], data_offsets: [0, 4] } });
    const file = bytesOf(BigUint64Array.of(BigInt(header.length)), header, [1, 2, 3, 4]);
    expect(() => decodeSafetensors(file)).toThrow('a is in F8_E4M3, which is not read here; save it as F32.');
  });

  it.each<[string, Safetensors]>([
    [
      'the name "a" twice',
      { arrays: [0, 1].map((value) => ({ name: 'a', shape: [], values: Float32Array.of(value) })) },
    ],
    [
      'the name "__metadata__" twice',
      { arrays: [{ name: '__metadata__', shape: [], values: Float32Array.of(1) }] },
    ],
    [
      '"a" of shape [3] in F32 does not fit bytes 0 to 4',
      { arrays: [{ name: 'a', shape: [3], values: Float32Array.of(1) }] },
    ],
    ['the shape of "a" is [null]', { arrays: [{ name: 'a', shape: [NaN], values: new Float32Array(0) }] }],
    ['the shape of "a" is [-1,-1]', { arrays: [{ name: 'a', shape: [-1, -1], values: Float32Array.of(1) }] }],
    [
      'must be a Float32Array',
      { arrays: [{ name: 'a', shape: [1], values: Float64Array.of(1) as unknown as Float32Array }] },
    ],
    [
      'The name of an array must be a string, and is 5',
      { arrays: [{ name: 5 as unknown as string, shape: [1], values: Float32Array.of(1) }] },
    ],
    [
      'metadata.epoch must be a string, and is 3',
      { arrays: [], metadata: { epoch: 3 as unknown as string } },
    ],
  ])('are not written when they could not be read: %s', (message, broken) => {
    expect(() => encodeSafetensors(broken)).toThrow(RangeError);
    expect(() => encodeSafetensors(broken)).toThrow(message);
  });

  it('are read whole or refused with a sentence, whatever a header says', () => {
    const entry = fc.record(
      {
        dtype: fc.oneof(fc.constantFrom('F32', 'F16', 'BF16', 'F64', 'I64', 'U8', 'F4', 'X'), fc.jsonValue()),
        shape: fc.oneof(fc.array(fc.integer({ min: -1, max: 3 }), { maxLength: 3 }), fc.jsonValue()),
        data_offsets: fc.oneof(
          fc.constantFrom([0, 4], [4, 8], [8, 16], [0, 16], [-8, 0], [0.5, 4.5], [4, 0]),
          fc.jsonValue(),
        ),
      },
      { requiredKeys: [] },
    );
    const header = fc.dictionary(
      fc.constantFrom('a', 'b', '__proto__', '__metadata__', '7'),
      fc.oneof({ weight: 5, arbitrary: entry }, fc.jsonValue()),
    );
    const text = fc.oneof(
      { weight: 8, arbitrary: header.map((each) => JSON.stringify(each)) },
      fc
        .tuple(header, fc.nat(200), fc.constantFrom('"', '{', '[', ':', ',', '\\', '0'))
        .map(([each, at, char]) => {
          const json = JSON.stringify(each);
          return json.slice(0, at) + char + json.slice(at + 1);
        }),
    );
    fc.assert(
      fc.property(text, fc.integer({ min: -8, max: 8 }), fc.nat(24), (json, off, dataBytes) => {
        const length = Math.max(0, new TextEncoder().encode(json).length + (off > 4 || off < -4 ? off : 0));
        const file = bytesOf(BigUint64Array.of(BigInt(length)), json, new Uint8Array(dataBytes));
        try {
          const { arrays, metadata } = decodeSafetensors(file);
          for (const { shape, values } of arrays) {
            expect(values.length).toBe(shape.reduce((product, side) => product * side, 1));
          }
          expect(decodeSafetensors(bytesOf(...encodeSafetensors({ arrays, metadata })))).toEqual({
            arrays,
            metadata,
          });
        } catch (error) {
          expect((error as Error).name).toBe('RangeError');
          expect((error as Error).message).toMatch(
            /^(?:Broken safetensors: [^]+|.+ is not read here; save it as F32)\.$/,
          );
        }
      }),
      { seed: 12, numRuns: 2000 },
    );
  });
});
