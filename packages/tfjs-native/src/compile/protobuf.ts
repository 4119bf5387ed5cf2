/** Fields of Protocol Buffers' wire format, enough to write TensorFlow's messages and to read a few. A message is its fields, concatenated. */

/** An integer in 7-bit groups, lowest first; negative ones as 64-bit two's complement. */
export function varint(value: number): Buffer {
  if (value >= 0 && value < 0x80) return Buffer.of(value);
  const bytes: number[] = [];
  let rest = BigInt.asUintN(64, BigInt(value));
  while (rest > 0x7fn) {
    bytes.push(Number(rest & 0x7fn) | 0x80);
    rest >>= 7n;
  }
  bytes.push(Number(rest));
  return Buffer.from(bytes);
}

/** A field that holds an integer, a boolean or an enumeration. */
export function varintField(field: number, value: number): Buffer {
  return Buffer.concat([varint((field << 3) | 0), varint(value)]);
}

/** A field that holds a message, bytes, a string, or packed numbers. */
export function bytesField(field: number, value: Uint8Array | string): Buffer {
  const bytes = typeof value === 'string' ? Buffer.from(value) : value;
  return Buffer.concat([varint((field << 3) | 2), varint(bytes.byteLength), bytes]);
}

/** A field that holds a float32. */
export function floatField(field: number, value: number): Buffer {
  return Buffer.concat([varint((field << 3) | 5), float32(value)]);
}

/** The four bytes of a float32, as packed fields hold them. */
export function float32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeFloatLE(value);
  return bytes;
}

/** A field as it is read: its number, and its value where that is a message, bytes or a string. */
export interface ReadField {
  readonly field: number;
  readonly bytes: Buffer | undefined;
}

/** The fields of a message, in their order. */
export function readFields(message: Buffer): ReadField[] {
  const fields: ReadField[] = [];
  let at = 0;
  const readVarint = (): number => {
    let value = 0;
    for (let scale = 1; ; scale *= 128) {
      const byte = message[at++]!;
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) return value;
    }
  };
  while (at < message.length) {
    const tag = readVarint();
    const field = Math.floor(tag / 8);
    const kind = tag % 8;
    if (kind === 2) {
      const length = readVarint();
      fields.push({ field, bytes: message.subarray(at, (at += length)) });
      continue;
    }
    fields.push({ field, bytes: undefined });
    if (kind === 0) readVarint();
    else at += kind === 1 ? 8 : 4;
  }
  return fields;
}
