import { nameOfFormat } from './name-of-format.js';
import { type NpyDictionary, parseNpyDictionary } from './npy-dictionary.js';

/** What the header of a `.npy` file says. */
export interface NpyHeader extends NpyDictionary {
  /** Of the format: 1, 2 or 3. */
  readonly version: number;
  /** Where the numbers begin. */
  readonly dataOffset: number;
}

const magic = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];
// NumPy itself refuses longer headers; the text of a real one is about 80 characters.
const longestHeader = 10_000;

/** Reads the header of a `.npy` file, and refuses what no NumPy writes. */
export function readNpyHeader(bytes: Uint8Array): NpyHeader {
  if (magic.some((byte, index) => bytes[index] !== byte)) {
    const format = bytes.length === 0 ? 'empty' : nameOfFormat(bytes);
    throw new RangeError(
      `bytes are no .npy file: ${format === undefined ? 'they do not begin with \\x93NUMPY' : `the file is ${format}`}`,
    );
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const version = bytes[6] ?? 0;
  if (version < 1 || version > 3) {
    throw new RangeError(`the .npy file must be of version 1, 2 or 3, and is of version ${version}`);
  }
  const start = version === 1 ? 10 : 12;
  if (bytes.length < start) throw new RangeError('the .npy file ends in its header');
  const length = version === 1 ? view.getUint16(8, true) : view.getUint32(8, true);
  if (length > longestHeader) {
    throw new RangeError(`the .npy header must be at most ${longestHeader} bytes long, and says ${length}`);
  }
  if (bytes.length < start + length) throw new RangeError('the .npy file ends in its header');
  let text = '';
  for (const byte of bytes.subarray(start, start + length)) text += String.fromCharCode(byte);
  return { ...parseNpyDictionary(text), version, dataOffset: start + length };
}

/**
 * The header that NumPy writes for this array: with room for its slowest axis to grow to 21 digits in place, and at least
 * one blank of padding, so that the numbers begin at a multiple of 64.
 */
export function writeNpyHeader({
  descr,
  fortranOrder,
  shape,
  version,
}: Omit<NpyHeader, 'dataOffset'>): Uint8Array {
  const tuple = shape.length === 1 ? `(${shape.join()},)` : `(${shape.join(', ')})`;
  const order = fortranOrder ? 'True' : 'False';
  const text = `{'descr': '${descr}', 'fortran_order': ${order}, 'shape': ${tuple}, }`;
  const start = version === 1 ? 10 : 12;
  const slowest = fortranOrder ? shape.at(-1) : shape[0];
  const room = slowest === undefined ? 0 : Math.max(0, 21 - String(slowest).length);
  const total = (Math.floor((start + text.length + room + 1) / 64) + 1) * 64;
  const bytes = new Uint8Array(total).fill(0x20);
  bytes.set([...magic, version, 0]);
  const view = new DataView(bytes.buffer);
  if (version === 1) view.setUint16(8, total - start, true);
  else view.setUint32(8, total - start, true);
  for (let index = 0; index < text.length; index += 1) bytes[start + index] = text.charCodeAt(index);
  bytes[total - 1] = 0x0a;
  return bytes;
}
