import { describe, expect, it } from 'vitest';
import { nativeBackend } from '../index.js';
import { dataType } from './data-type.js';
import { encodeAttribute, encodeNode, isUniform, tensorAttribute, typeAttribute } from './graph-def.js';

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
const text = (value: string): string => Buffer.from(value).toString('hex');
const { binding } = nativeBackend();

describe('a GraphDef', () => {
  it('has the numbers that the addon has for types', () => {
    expect(dataType).toEqual({
      float32: binding.TF_FLOAT,
      int32: binding.TF_INT32,
      string: binding.TF_STRING,
      bool: binding.TF_BOOL,
      resource: binding.TF_RESOURCE,
    });
  });

  it('holds a node as name, operation, inputs and attributes', () => {
    const node = encodeNode('y', 'Neg', ['x'], [typeAttribute('T', dataType.float32)]);
    // name = 1, op = 2, input = 3, attr = 5 { key = 1, value = 2 { type = 6 } }.
    expect(hex(node)).toBe(
      `0a01${text('y')}1203${text('Neg')}1a01${text('x')}2a07` + `0a01${text('T')}12023001`,
    );
  });

  it.each([
    ['a string', binding.TF_ATTR_STRING, 'ab', `1202${text('ab')}`],
    ['an integer', binding.TF_ATTR_INT, -1, '18ffffffffffffffffff01'],
    ['integers', binding.TF_ATTR_INT, [1, 2], '0a041a020102'],
    ['a float', binding.TF_ATTR_FLOAT, 1.5, '250000c03f'],
    ['floats', binding.TF_ATTR_FLOAT, [1.5], '0a0622040000c03f'],
    ['a boolean', binding.TF_ATTR_BOOL, true, '2801'],
    ['booleans', binding.TF_ATTR_BOOL, [true, false], '0a042a020100'],
    ['a type', binding.TF_ATTR_TYPE, binding.TF_INT32, '3003'],
    ['a shape', binding.TF_ATTR_SHAPE, [2, 3], '3a08120208021202' + '0803'],
  ])('holds %s as an attribute', (_, type, value, expected) => {
    const attribute = encodeAttribute({ name: 'a', type, value });
    expect({ ...attribute, value: hex(attribute.value) }).toEqual({ name: 'a', value: expected });
  });

  it('refuses an attribute of another kind', () => {
    expect(() => encodeAttribute({ name: 'handle', type: 99, value: 1 })).toThrow(
      'the attribute handle is of kind 99, which no graph can be written with',
    );
  });

  it('holds equal elements once, and others as they are in memory', () => {
    const of = (dtype: number, values: Float32Array | Int32Array | Uint8Array): string =>
      hex(tensorAttribute('v', { dtype, shape: [values.length], values }).value);
    expect(of(dataType.float32, Float32Array.of(1, 1))).toContain('2a040000803f');
    expect(of(dataType.int32, Int32Array.of(-1, -1))).toContain('3a0affffffffffffffffff01');
    expect(of(dataType.bool, Uint8Array.of(1, 1))).toContain('5a0101');
    expect(of(dataType.int32, Int32Array.of(1, 2))).toContain('22080100000002000000');
    const part = new Int32Array([9, 1, 2, 9]).subarray(1, 3);
    expect(of(dataType.int32, part)).toBe(of(dataType.int32, Int32Array.of(1, 2)));
  });

  it('tells 0 from -0, and knows NaN', () => {
    expect(isUniform(Float32Array.of(0, -0))).toBe(false);
    expect(isUniform(Float32Array.of(NaN, NaN))).toBe(true);
    expect(isUniform(Float32Array.of(1))).toBe(false);
  });
});
