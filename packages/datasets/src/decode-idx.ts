import { asDatasetFile } from './as-dataset-file.js';
import type { DatasetFile } from './dataset-file.js';
import { notData } from './not-data.js';

/** What an IDX file of bytes holds. */
export interface IdxArray {
  /** The size of each dimension, slowest first. */
  readonly shape: readonly number[];
  /** Row-major; a view of the file's own memory. */
  readonly values: Uint8Array;
}

const unsignedByte = 0x08;

/**
 * Decodes MNIST's IDX layout: two zero bytes, the type (8: unsigned byte, the only one that is read), the number of dimensions, each dimension as
 * a big-endian 32-bit number, then the values. Copies nothing, so that a header that lies cannot make it allocate.
 *
 * @param input - The file's bytes (a `Uint8Array` of any realm, or an `ArrayBuffer`), or the bytes with the name that errors shall call them by.
 * @throws {RangeError} When the header is of another format or type, or the file has more or fewer values than it says.
 * @see http://yann.lecun.com/exdb/mnist/
 *
 * @example
 * decodeIdx(Uint8Array.of(0, 0, 8, 1, 0, 0, 0, 2, 7, 9)); // { shape: [2], values: Uint8Array [7, 9] }
 */
export function decodeIdx(input: Uint8Array | ArrayBuffer | DatasetFile): IdxArray {
  const { name, bytes } = asDatasetFile(input, 'the IDX file');
  const other = notData(bytes);
  if (other !== undefined) throw new RangeError(`${name} is ${other}.`);
  if (bytes.length < 4) {
    throw new RangeError(
      `${name} has ${bytes.length} bytes; an IDX header alone has 4 and more: the file is truncated.`,
    );
  }
  const [zero, otherZero, type, dimensions] = bytes as unknown as readonly [number, number, number, number];
  if (zero !== 0 || otherZero !== 0 || dimensions === 0) {
    const start = [zero, otherZero, type, dimensions].map((byte) => byte.toString(16).padStart(2, '0'));
    throw new RangeError(`${name} begins with the bytes ${start.join(' ')}; it is no IDX file.`);
  }
  if (type !== unsignedByte) {
    throw new RangeError(
      `${name}: byte 2 says that its values are of type ${type}; only type ${unsignedByte}, unsigned bytes, is read.`,
    );
  }
  const header = 4 + 4 * dimensions;
  if (bytes.length < header) {
    throw new RangeError(
      `${name} ends at byte ${bytes.length}, in the middle of its header of ${header} bytes: it is truncated.`,
    );
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, header);
  const shape = Array.from({ length: dimensions }, (_, dimension) => view.getUint32(4 + 4 * dimension));
  const values = shape.reduce((product, size) => product * size, 1);
  const found = bytes.length - header;
  if (found !== values) {
    throw new RangeError(
      `${name}: its header says ${shape.join(' x ')} values of one byte, but after the header at byte ${header} there are ${found} bytes: ` +
        `it is ${found < values ? 'truncated' : 'altered'}.`,
    );
  }
  // Not `subarray`: that of a Buffer would be a Buffer.
  return { shape, values: new Uint8Array(bytes.buffer, bytes.byteOffset + header, values) };
}
