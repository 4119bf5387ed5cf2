import type { DatasetFile } from './dataset-file.js';

/** Bytes, of whatever realm: a typed array of bytes, such as a `Buffer`, or an `ArrayBuffer`, as `fetch` gives it. */
type Bytes = Uint8Array | ArrayBuffer;

/** A view of the same memory as a `Uint8Array` of this realm; `undefined` when the value is neither array nor buffer. */
function viewOf(value: unknown): Uint8Array | undefined {
  if (ArrayBuffer.isView(value)) {
    const bytes = 'BYTES_PER_ELEMENT' in value && value.BYTES_PER_ELEMENT !== 1;
    return bytes ? undefined : new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
  }
  // By its tag, not by `instanceof`: buffers of another realm (jest, node:vm, an iframe) are others' instances.
  const tag = Object.prototype.toString.call(value);
  if (tag !== '[object ArrayBuffer]' && tag !== '[object SharedArrayBuffer]') return undefined;
  return new Uint8Array(value as ArrayBuffer);
}

/**
 * Bytes with the name that errors call them by.
 *
 * @param input - Bytes, or a file whose name is taken.
 * @param name - The name of bytes that have none.
 * @throws {TypeError} When it holds no bytes.
 */
export function asDatasetFile(
  input: Bytes | { readonly name: string; readonly bytes: Bytes },
  name: string,
): DatasetFile & { readonly bytes: Uint8Array } {
  const bytes = viewOf(input);
  if (bytes) return { name, bytes };
  const file = (typeof input === 'object' ? input : null) as Partial<DatasetFile> | null;
  const inside = viewOf(file?.bytes);
  if (inside) return { name: file?.name ?? name, bytes: inside };
  const found = Array.isArray(input) ? 'an array' : Object.prototype.toString.call(input).slice(8, -1);
  throw new TypeError(`${name} is of type ${found}; give a Uint8Array, an ArrayBuffer, or { name, bytes }.`);
}

/** One file's bytes, or several files, as a list of files. */
export function asDatasetFiles(input: Bytes | readonly DatasetFile[], name: string): DatasetFile[] {
  return Array.isArray(input)
    ? (input as readonly DatasetFile[]).map((file, index) => asDatasetFile(file, `${name} ${index}`))
    : [asDatasetFile(input as Bytes, name)];
}
