/**
 * The bytes of a text, a view or a buffer, of whatever realm (a frame, a worker of tests, `node:vm`) it is; without copying where it can be.
 *
 * @throws {TypeError} When it is something else.
 */
export function sourceBytes(source: unknown, what: string): Uint8Array {
  if (typeof source === 'string') return new TextEncoder().encode(source);
  const view = ArrayBuffer.isView(source) ? source : undefined;
  const buffer = view === undefined ? source : view.buffer;
  // `instanceof` knows only this realm's classes.
  const kind = Object.prototype.toString.call(buffer);
  if (kind !== '[object ArrayBuffer]' && kind !== '[object SharedArrayBuffer]') {
    const given = source === null ? 'null' : typeof source;
    throw new TypeError(
      `${what} must be text or bytes (a Uint8Array or an ArrayBuffer), and is of the type ${given}.`,
    );
  }
  const bytes = view
    ? new Uint8Array(view.buffer, view.byteOffset, view.byteLength)
    : new Uint8Array(buffer as ArrayBuffer);
  // Text decoders refuse shared memory.
  return kind === '[object SharedArrayBuffer]' ? bytes.slice() : bytes;
}
