import { isFloat32Array, viewBytes } from './view-bytes.js';
import type { NamedWeights } from './named-weights.js';
import { readSafetensorsHeader, refusal } from './safetensors-header.js';

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
 * @throws {RangeError} If `decodeSafetensors` could not read it: a shape does not match its values, a name appears
 * twice or is `__metadata__`, or the metadata are not strings.
 * @example
 * await writeFile('model.safetensors', encodeSafetensors({ arrays: backbone.weights() }));
 * @see https://github.com/huggingface/safetensors#format
 */
export function encodeSafetensors({ arrays, metadata = {} }: Safetensors): Uint8Array[] {
  let offset = 0;
  const entries = arrays.map(({ name, shape, values }) => {
    if (typeof name !== 'string') {
      throw new RangeError(`The name of an array must be a string, and is ${String(name)}.`);
    }
    if (!isFloat32Array(values)) {
      throw new RangeError(
        `The values of ${name} must be a Float32Array, and are ${String(values).slice(0, 40)}.`,
      );
    }
    const from = offset;
    offset += values.byteLength;
    return [name, { dtype: 'F32', shape: [...shape], data_offsets: [from, offset] }] as const;
  });
  for (const [key, value] of Object.entries(metadata)) {
    // JSON would leave out an undefined one.
    if (typeof value !== 'string')
      throw new RangeError(`metadata.${key} must be a string, and is ${String(value)}.`);
  }
  // Not an object, which would keep only the last of two of one name.
  const members = [['__metadata__', metadata] as const, ...entries];
  const json = members.map(([name, entry]) => `${JSON.stringify(name)}:${JSON.stringify(entry)}`);
  const text = new TextEncoder().encode(`{${json.join()}}`);
  // The numbers start at a multiple of 8; the format fills up with spaces.
  const padded = new Uint8Array(Math.ceil(text.length / 8) * 8).fill(32);
  padded.set(text);
  readSafetensorsHeader(padded, offset);
  const length = new Uint8Array(8);
  new DataView(length.buffer).setBigUint64(0, BigInt(padded.length), true);
  return [length, padded, ...arrays.map(({ values }) => viewBytes(values))];
}

/** How to read the numbers of a dtype, from bytes of their own. */
const readers: Readonly<Record<string, (bytes: Uint8Array<ArrayBuffer>) => Float32Array>> = {
  F32: ({ buffer }) => new Float32Array(buffer),
  F64: ({ buffer }) => Float32Array.from(new Float64Array(buffer), toFloat32),
  // The upper half of a float32.
  BF16: ({ buffer }) =>
    new Float32Array(Uint32Array.from(new Uint16Array(buffer), (half) => half << 16).buffer),
  F16: ({ buffer }) => Float32Array.from(new Uint16Array(buffer), halfToNumber),
};
/** Whole numbers and booleans. */
const leftOut = /^(?:BOOL|[UI]\d+)$/;

function toFloat32(value: number): number {
  if (Number.isFinite(value) && !Number.isFinite(Math.fround(value)))
    throw refusal(`the value ${value} is beyond float32, which weights are read as`);
  return value;
}

function halfToNumber(half: number): number {
  const sign = half & 0x8000 ? -1 : 1;
  const exponent = (half >> 10) & 0x1f;
  const fraction = half & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction === 0 ? sign * Infinity : NaN;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

/**
 * Reads a safetensors file: `encodeSafetensors`', PyTorch's or another's. Numbers of 16 and 64 bits become float32;
 * arrays of whole numbers and booleans, such as PyTorch's `num_batches_tracked`, are left out. Everything in the header
 * is checked against the file before memory is taken for numbers.
 *
 * @param bytes - the whole file; a `Buffer`, or the `ArrayBuffer` of a `fetch`, as well
 * @returns The arrays in the order of their bytes, and the metadata.
 * @throws {RangeError} If the file is cut, longer than its header says, or its header is not one of the format: at most
 * 16 MB of JSON in which arrays have whole shapes and offsets, no name twice, and cover the file without gaps. Also if
 * numbers are in 8 or fewer bits or complex, or one of 64 bits is beyond float32.
 * @example
 * backbone.loadWeights(decodeSafetensors(await readFile('model.safetensors')).arrays);
 */
export function decodeSafetensors(bytes: ArrayBufferView | ArrayBufferLike): Required<Safetensors> {
  const file = viewBytes(bytes);
  if (file.length < 8) throw refusal(`it has ${file.length} bytes, and needs at least 8`);
  const start = 8 + Number(new DataView(file.buffer, file.byteOffset).getBigUint64(0, true));
  if (start > file.length) {
    throw refusal(
      looksLike(file) ?? `its header should end at byte ${start}, and the file ends at ${file.length}`,
    );
  }
  const { entries, metadata } = readSafetensorsHeader(file.subarray(8, start), file.length - start);
  const unread = entries.find(({ dtype }) => !Object.hasOwn(readers, dtype) && !leftOut.test(dtype));
  if (unread) {
    throw new RangeError(`${unread.name} is in ${unread.dtype}, which is not read here; save it as F32.`);
  }
  const arrays = entries.flatMap(({ name, dtype, shape, from, to }) => {
    const read = readers[dtype];
    // A copy, since the numbers need not start at a multiple of 4 in memory; a Buffer's own slice() would not copy.
    return read
      ? [{ name, shape, values: read(new Uint8Array(file.subarray(start + from, start + to))) }]
      : [];
  });
  return { arrays, metadata };
}

/** What else a file is, by its first bytes. */
function looksLike(file: Uint8Array): string | undefined {
  const text = new TextDecoder('latin1').decode(file.subarray(0, 64)).trimStart().toLowerCase();
  if (text.startsWith('<!doctype') || text.startsWith('<html')) return 'it is an HTML page';
  if (text.startsWith('version https://git-lfs'))
    return 'it is a pointer of Git LFS; fetch the file with git lfs pull';
  if (text.startsWith('pk\u0003\u0004')) {
    return 'it is a zip, as torch.save writes; save it with safetensors.torch.save_file(model.state_dict(), path)';
  }
  return text.startsWith('\u001f\u008b') ? 'it is compressed with gzip; unpack it first' : undefined;
}
