import { printable } from '../records/printable.js';

type Write = NodeJS.WriteStream['write'];

const unguardedWrites = new WeakMap<object, Write>();

/** What is written at the end of a process to bring the cursor back, whoever hid it. */
const showCursor = '\u001B[?25h';

/**
 * Lets nothing through to a terminal but text: whatever a command, a library or an error writes to this stream goes through
 * `printable`. Our own colors and live lines, which are made of printable text, are written past it, by `unguarded`.
 */
export function guardOutput(stream: NodeJS.WriteStream): void {
  const write: Write = stream.write.bind(stream);
  unguardedWrites.set(stream, write);
  stream.write = (chunk: string | Uint8Array, ...rest: []) =>
    write(typeof chunk === 'string' && chunk !== showCursor ? printable(chunk) : chunk, ...rest);
}

/** The stream without its guard; the caller makes what it writes printable. */
export function unguarded(stream: NodeJS.WriteStream): NodeJS.WriteStream {
  const write = unguardedWrites.get(stream);
  if (write === undefined) return stream;
  return Object.create(stream, { write: { value: write } }) as NodeJS.WriteStream;
}
