/** A named block of float32 numbers. */
export interface NamedArray {
  readonly name: string;
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

/** Named arrays with a few strings beside them. */
export interface Safetensors {
  readonly arrays: readonly NamedArray[];
  readonly metadata: Readonly<Record<string, string>>;
}

/**
 * Writes float32 arrays in the safetensors format, which PyTorch, JAX and others read: the header's length in 8 bytes
 * (little-endian), the header as JSON, then the numbers.
 *
 * @returns The file's parts, to be written one after the other.
 * @see https://github.com/huggingface/safetensors#format
 */
export function encodeSafetensors({ arrays, metadata }: Safetensors): Uint8Array[] {
  const header: Record<string, unknown> = { __metadata__: metadata };
  let offset = 0;
  for (const { name, shape, values } of arrays) {
    header[name] = { dtype: 'F32', shape, data_offsets: [offset, offset + values.byteLength] };
    offset += values.byteLength;
  }
  const text = new TextEncoder().encode(JSON.stringify(header));
  // The numbers start at a multiple of 8; the format fills up with spaces.
  const padded = new Uint8Array(Math.ceil(text.length / 8) * 8).fill(32);
  padded.set(text);
  const length = new Uint8Array(8);
  new DataView(length.buffer).setBigUint64(0, BigInt(padded.length), true);
  return [
    length,
    padded,
    ...arrays.map(({ values }) => new Uint8Array(values.buffer, values.byteOffset, values.byteLength)),
  ];
}

/**
 * Reads what `encodeSafetensors` wrote.
 *
 * @throws {RangeError} If the file is cut, or its header does not match its length.
 */
export function decodeSafetensors(bytes: Uint8Array): Safetensors {
  if (bytes.length < 8)
    throw new RangeError(`a safetensors file has at least 8 bytes, this one ${bytes.length}`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const start = 8 + Number(view.getBigUint64(0, true));
  if (start > bytes.length)
    throw new RangeError(`the header should end at byte ${start}, the file ends at ${bytes.length}`);
  const { __metadata__: metadata = {}, ...entries } = JSON.parse(
    new TextDecoder().decode(bytes.subarray(8, start)),
  ) as Record<string, { shape: number[]; data_offsets: [number, number] }> & {
    __metadata__?: Record<string, string>;
  };
  const arrays = Object.entries(entries).map(
    ([
      name,
      {
        shape,
        data_offsets: [from, to],
      },
    ]) => {
      const numbers = shape.reduce((product, size) => product * size, 1);
      if (to - from !== 4 * numbers || start + to > bytes.length) {
        throw new RangeError(
          `${name} of shape [${shape.join()}] does not fit bytes ${from} to ${to} of a file of ${bytes.length}`,
        );
      }
      // A copy, since the numbers need not start at a multiple of 4 in memory; a Buffer's own slice() would not copy.
      const copy = new Uint8Array(bytes.subarray(start + from, start + to));
      return { name, shape, values: new Float32Array(copy.buffer) };
    },
  );
  return { arrays, metadata: metadata };
}
