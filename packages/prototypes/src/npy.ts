import { asBytes, isTypedArray } from './as-bytes.js';
import { checkInteger, describe } from './check-sizes.js';
import { readNpyHeader, writeNpyHeader } from './npy-header.js';
import { npyNumbers } from './npy-numbers.js';
import type { Prototypes } from './prototypes.js';

/** An array as NumPy would hold it in C order. */
export interface NpyArray {
  /** Length along each axis; `[]` for a single number. */
  readonly shape: readonly number[];
  /** All numbers, the last axis running fastest. */
  readonly values: Float32Array | Float64Array;
}

/** How a `.npy` file is laid out. */
export interface NpyLayout {
  /** Whether the first axis runs fastest in the file. Default false. */
  readonly fortranOrder?: boolean;
  /** Of the format; readers of old need 1. Default 1. */
  readonly version?: 1 | 2 | 3;
}

/** What `decodeNpy` gives: the array, and how it was laid out in the file. */
export interface DecodedNpy extends NpyArray {
  readonly fortranOrder: boolean;
  readonly version: number;
}

/**
 * Writes prototypes, or any array of float32 or float64, as a NumPy `.npy` file: byte for byte what `numpy.save` writes.
 *
 * @throws {RangeError} If the shape does not fit the number of values.
 *
 * @example
 * await writeFile('prototypes-50d-100c.npy', encodeNpy(prototypes));
 */
export function encodeNpy(
  array: NpyArray | Pick<Prototypes, 'classes' | 'dimensions' | 'values'>,
  { fortranOrder = false, version = 1 }: NpyLayout = {},
): Uint8Array {
  const { values } = array;
  const shape = 'shape' in array ? array.shape : [array.classes, array.dimensions];
  if (!isTypedArray(values, 'Float32Array') && !isTypedArray(values, 'Float64Array')) {
    throw new TypeError(`values must be a Float32Array or a Float64Array, and are ${describe(values)}`);
  }
  for (const [axis, length] of shape.entries()) checkInteger(`shape[${axis}]`, length, 0);
  if (product(shape) !== values.length) {
    throw new RangeError(
      `shape [${shape.join()}] holds ${product(shape)} numbers, and values ${values.length}`,
    );
  }
  if (![1, 2, 3].includes(version)) throw new RangeError(`version must be 1, 2 or 3, and is ${version}`);
  const size = values.BYTES_PER_ELEMENT;
  // NumPy says False of an array that is in both orders, as an empty one is.
  const transposed = fortranOrder && values.length > 0 && shape.filter((length) => length !== 1).length > 1;
  const header = writeNpyHeader({ descr: `<f${size}`, fortranOrder: transposed, shape, version });
  const bytes = new Uint8Array(header.length + values.byteLength);
  bytes.set(header);
  const view = new DataView(bytes.buffer, header.length);
  const indices = transposed ? fortranIndices(shape) : values.keys();
  let offset = 0;
  for (const index of indices) {
    if (size === 4) view.setFloat32(offset, values[index]!, true);
    else view.setFloat64(offset, values[index]!, true);
    offset += size;
  }
  return bytes;
}

/**
 * Reads a NumPy `.npy` file of floats (2, 4 or 8 bytes), integers or booleans, little- or big-endian, in C or Fortran order, of
 * version 1, 2 or 3. What float32 holds exactly becomes a `Float32Array`, everything else a `Float64Array`.
 *
 * The file's length is checked against its header before anything is allocated, so that a header that lies costs nothing.
 *
 * @param bytes - A typed array or an `ArrayBuffer`, such as `await response.arrayBuffer()`.
 * @throws {TypeError} If these are no bytes.
 * @throws {RangeError} If the bytes are no `.npy` file, hold numbers of another type, or are more or fewer than the header says.
 *
 * @example
 * const { shape, values } = decodeNpy(await readFile('prototypes-50d-100c.npy'));
 */
export function decodeNpy(bytes: Uint8Array | ArrayBuffer): DecodedNpy {
  const own = asBytes(bytes);
  const { descr, fortranOrder, shape, version, dataOffset } = readNpyHeader(own);
  const { size, fitsFloat32, read } = npyNumbers(descr);
  const count = product(shape);
  const follow = own.length - dataOffset;
  if (!Number.isSafeInteger(count) || follow !== count * size) {
    throw new RangeError(
      `the .npy header says [${shape.join()}] of ${size} ${size === 1 ? 'byte' : 'bytes'} each, and ${follow} bytes follow it`,
    );
  }
  const values = fitsFloat32 ? new Float32Array(count) : new Float64Array(count);
  const view = new DataView(own.buffer, own.byteOffset + dataOffset, count * size);
  const indices = fortranOrder ? fortranIndices(shape) : values.keys();
  let offset = 0;
  for (const index of indices) {
    values[index] = read(view, offset);
    offset += size;
  }
  return { shape, values, fortranOrder, version };
}

function product(shape: readonly number[]): number {
  return shape.reduce((count, length) => count * length, 1);
}

/** Where, in C order, each number lies that comes next in Fortran order. */
function* fortranIndices(shape: readonly number[]): Generator<number> {
  const strides = shape.map((_, axis) => product(shape.slice(axis + 1)));
  const position = shape.map(() => 0);
  const count = product(shape);
  let index = 0;
  for (let done = 0; done < count; done += 1) {
    yield index;
    for (let axis = 0; axis < shape.length; axis += 1) {
      position[axis]! += 1;
      index += strides[axis]!;
      if (position[axis]! < shape[axis]!) break;
      index -= position[axis]! * strides[axis]!;
      position[axis] = 0;
    }
  }
}
