import { describe } from './check-sizes.js';

/**
 * The bytes of a typed array or an `ArrayBuffer`, without a copy. Those of another realm (a jest test, `node:vm`, an iframe)
 * are no instances of this one's classes, so that they are recognized by what they are.
 *
 * @throws {TypeError} If `value` holds no bytes.
 */
export function asBytes(value: unknown): Uint8Array {
  if (ArrayBuffer.isView(value)) return new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
  const tag = Object.prototype.toString.call(value);
  if (tag === '[object ArrayBuffer]' || tag === '[object SharedArrayBuffer]') {
    return new Uint8Array(value as ArrayBuffer);
  }
  throw new TypeError(`bytes must be a Uint8Array or an ArrayBuffer, and are ${describe(value)}`);
}

/** Whether `value` is a typed array of this name, of any realm. */
export function isTypedArray(value: unknown, name: 'Float32Array' | 'Float64Array'): boolean {
  return ArrayBuffer.isView(value) && Object.prototype.toString.call(value) === `[object ${name}]`;
}
