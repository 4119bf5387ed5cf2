const space = 32;
const tab = 9;
let memory = new Uint8Array(4096);

/** The line `bytes[from, end)` with one space for every run of spaces and tabs; valid until the next call. */
export function tightLine(bytes: Uint8Array, from: number, end: number): Uint8Array {
  if (memory.length < end - from) memory = new Uint8Array(2 * (end - from));
  let length = 0;
  let inSpace = false;
  for (let at = from; at < end; at += 1) {
    const byte = bytes[at]!;
    const isSpace = byte === space || byte === tab;
    if (isSpace && inSpace) continue;
    memory[length] = isSpace ? space : byte;
    length += 1;
    inSpace = isSpace;
  }
  return memory.subarray(0, length);
}
