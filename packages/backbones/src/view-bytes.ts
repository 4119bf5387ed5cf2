/**
 * The bytes of a view or buffer of any realm, without a copy: `instanceof` would refuse those of jest, node:vm or another
 * frame.
 *
 * @throws {TypeError} If it is neither.
 */
export function viewBytes(source: ArrayBufferView | ArrayBufferLike): Uint8Array {
  if (ArrayBuffer.isView(source)) return new Uint8Array(source.buffer, source.byteOffset, source.byteLength);
  const kind = kindOf(source);
  if (kind === 'ArrayBuffer' || kind === 'SharedArrayBuffer') return new Uint8Array(source);
  throw new TypeError(`bytes must be a Uint8Array or an ArrayBuffer, not ${kind}.`);
}

/** Whether these are float32 numbers, in an array of any realm. */
export function isFloat32Array(values: unknown): values is Float32Array {
  return kindOf(values) === 'Float32Array';
}

function kindOf(value: unknown): string {
  return Object.prototype.toString.call(value).slice(8, -1);
}
