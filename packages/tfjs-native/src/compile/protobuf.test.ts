import { describe, expect, it } from 'vitest';
import { bytesField, floatField, readFields, varint, varintField } from './protobuf.js';

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

describe('the wire format of Protocol Buffers', () => {
  it('writes integers in 7-bit groups, lowest first', () => {
    // 150 = 1 * 128 + 22: the example of the format's documentation.
    expect(hex(varint(150))).toBe('9601');
    expect([0, 127, 128, 2 ** 40].map((value) => hex(varint(value)))).toEqual([
      '00',
      '7f',
      '8001',
      '808080808020',
    ]);
  });

  it("writes negative integers as 64-bit two's complement", () => {
    expect(hex(varint(-1))).toBe('ffffffffffffffffff01');
    expect(hex(varint(-2))).toBe('feffffffffffffffff01');
  });

  it('writes fields as number, kind and value', () => {
    expect(hex(varintField(1, 150))).toBe('089601');
    expect(hex(bytesField(2, 'testing'))).toBe('120774657374696e67');
    expect(hex(bytesField(16, Buffer.of(1, 2)))).toBe('8201020102');
    // 1.5 is 0x3fc00000, lowest byte first.
    expect(hex(floatField(4, 1.5))).toBe('250000c03f');
  });

  it('reads fields of every kind, and the bytes of messages', () => {
    const message = Buffer.concat([
      varintField(1, 300),
      bytesField(200, 'name'),
      floatField(3, 1),
      // A field of 64 bits.
      Buffer.of((4 << 3) | 1, 1, 2, 3, 4, 5, 6, 7, 8),
      bytesField(5, Buffer.alloc(200, 7)),
    ]);
    expect(readFields(message)).toEqual([
      { field: 1, bytes: undefined },
      { field: 200, bytes: Buffer.from('name') },
      { field: 3, bytes: undefined },
      { field: 4, bytes: undefined },
      { field: 5, bytes: Buffer.alloc(200, 7) },
    ]);
  });
});
