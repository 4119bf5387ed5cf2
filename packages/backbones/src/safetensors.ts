import type { NamedWeights } from './named-weights.js';

/** Named arrays with a few strings beside them. */
export interface Safetensors {
  readonly arrays: NamedWeights;
  /** Default: none. */
  readonly metadata?: Readonly<Record<string, string>>;
}

/**
 * Writes float32 arrays in the safetensors format, which PyTorch, JAX and others read: the header's length in 8 bytes
 * (little-endian), the header as JSON, then the numbers.
 *
 * @returns The file's parts, to be written one after the other.
 * @example
 * await writeFile('model.safetensors', encodeSafetensors({ arrays: backbone.weights() }));
 * @see https://github.com/huggingface/safetensors#format
 */
export function encodeSafetensors({ arrays, metadata = {} }: Safetensors): Uint8Array[] {
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

/** One array, as the header describes it. */
interface Entry {
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly data_offsets: readonly [number, number];
}

/** How to read the numbers of a dtype, from bytes of their own. */
const readers: Readonly<Record<string, (bytes: Uint8Array<ArrayBuffer>) => Float32Array>> = {
  F32: ({ buffer }) => new Float32Array(buffer),
  F64: ({ buffer }) => Float32Array.from(new Float64Array(buffer)),
  // The upper half of a float32.
  BF16: ({ buffer }) =>
    new Float32Array(Uint32Array.from(new Uint16Array(buffer), (half) => half << 16).buffer),
  F16: ({ buffer }) => Float32Array.from(new Uint16Array(buffer), halfToNumber),
};
const bytesOf: Readonly<Record<string, number>> = { F64: 8, F32: 4, F16: 2, BF16: 2 };

function halfToNumber(half: number): number {
  const sign = half & 0x8000 ? -1 : 1;
  const exponent = (half >> 10) & 0x1f;
  const fraction = half & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction === 0 ? sign * Infinity : NaN;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

/**
 * Reads a safetensors file: `encodeSafetensors`', PyTorch's or another's. Numbers of 16 and 64 bits become float32; arrays of
 * whole numbers and booleans, such as PyTorch's `num_batches_tracked`, are left out.
 *
 * @throws {RangeError} If the file is cut, or its header does not match its length.
 * @example
 * backbone.loadWeights(decodeSafetensors(await readFile('model.safetensors')).arrays);
 */
export function decodeSafetensors(bytes: Uint8Array): Required<Safetensors> {
  if (bytes.length < 8)
    throw new RangeError(`a safetensors file has at least 8 bytes, this one ${bytes.length}`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const start = 8 + Number(view.getBigUint64(0, true));
  if (start > bytes.length)
    throw new RangeError(`the header should end at byte ${start}, the file ends at ${bytes.length}`);
  const { __metadata__: metadata = {}, ...entries } = JSON.parse(
    new TextDecoder().decode(bytes.subarray(8, start)),
  ) as Record<string, Entry> & { __metadata__?: Record<string, string> };
  const arrays = Object.entries(entries).flatMap(([name, entry]) => {
    const read = Object.hasOwn(readers, entry.dtype) ? readers[entry.dtype] : undefined;
    if (read === undefined) return [];
    const { shape, dtype } = entry;
    const [from, to] = entry.data_offsets;
    const numbers = shape.reduce((product, size) => product * size, 1);
    if (to - from !== bytesOf[dtype]! * numbers || start + to > bytes.length) {
      throw new RangeError(
        `${name} of shape [${shape.join()}] does not fit bytes ${from} to ${to} of a file of ${bytes.length}`,
      );
    }
    // A copy, since the numbers need not start at a multiple of 4 in memory; a Buffer's own slice() would not copy.
    return [{ name, shape, values: read(new Uint8Array(bytes.subarray(start + from, start + to))) }];
  });
  return { arrays, metadata };
}
