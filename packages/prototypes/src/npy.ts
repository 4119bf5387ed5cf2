import { checkInteger, describe } from './check-sizes.js';
import { readNpyHeader, writeNpyHeader } from './npy-header.js';
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
  if (!(values instanceof Float32Array || values instanceof Float64Array)) {
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
 * Reads a NumPy `.npy` file of float32 or float64, little- or big-endian, in C or Fortran order, of version 1, 2 or 3.
 *
 * The file's length is checked against its header before anything is allocated, so that a header that lies costs nothing.
 *
 * @throws {RangeError} If the bytes are no `.npy` file, hold numbers of another type, or are more or fewer than the header says.
 *
 * @example
 * const { shape, values } = decodeNpy(await readFile('prototypes-50d-100c.npy'));
 */
export function decodeNpy(bytes: Uint8Array): DecodedNpy {
  if (!(bytes instanceof Uint8Array)) {
    throw new TypeError(`bytes must be a Uint8Array, and are ${describe(bytes)}`);
  }
  const { descr, fortranOrder, shape, version, dataOffset } = readNpyHeader(bytes);
  const type = /^([<>])f([48])$/.exec(descr);
  if (!type) {
    throw new RangeError(
      `the .npy file must hold float32 or float64 numbers, and holds ${descr}; save it as one of these`,
    );
  }
  const size = Number(type[2]);
  const count = product(shape);
  if (!Number.isSafeInteger(count) || bytes.length - dataOffset !== count * size) {
    throw new RangeError(
      `the .npy header says [${shape.join()}] of ${size} bytes each, and ${bytes.length - dataOffset} bytes follow it`,
    );
  }
  const values = size === 4 ? new Float32Array(count) : new Float64Array(count);
  const view = new DataView(bytes.buffer, bytes.byteOffset + dataOffset, count * size);
  const littleEndian = type[1] === '<';
  const indices = fortranOrder ? fortranIndices(shape) : values.keys();
  let offset = 0;
  for (const index of indices) {
    values[index] =
      size === 4 ? view.getFloat32(offset, littleEndian) : view.getFloat64(offset, littleEndian);
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
