const encoder = new TextEncoder();

/** Parts one after another as bytes: texts in UTF-8, lists of bytes, and typed arrays as they lie in memory. */
export function bytesOf(
  ...parts: readonly (string | readonly number[] | ArrayBufferView)[]
): Uint8Array<ArrayBuffer> {
  const chunks = parts.map((part) => {
    if (typeof part === 'string') return encoder.encode(part);
    return ArrayBuffer.isView(part)
      ? new Uint8Array(part.buffer, part.byteOffset, part.byteLength)
      : Uint8Array.from(part);
  });
  const bytes = new Uint8Array(chunks.reduce((total, chunk) => total + chunk.length, 0));
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}
