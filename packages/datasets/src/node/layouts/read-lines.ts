import { open } from 'node:fs/promises';
import { notData } from '../../not-data.js';
import { problemReason } from '../file-problem.js';

const mostBytes = 2 ** 26;

/**
 * The lines of a text file, without their ends; empty ones at the end are left out.
 *
 * @throws {Error} When the file cannot be read.
 * @throws {RangeError} When it is larger than 64 MiB empty, not UTF-8, or another kind of file.
 */
export async function readLines(path: string, signal?: AbortSignal): Promise<string[]> {
  let bytes: Uint8Array;
  try {
    const file = await open(path);
    try {
      const { size } = await file.stat();
      if (size > mostBytes) throw new RangeError(`${path} has ${size} bytes; at most ${mostBytes} are read.`);
      bytes = await file.readFile({ signal });
    } finally {
      await file.close();
    }
  } catch (error) {
    signal?.throwIfAborted();
    if (error instanceof RangeError) throw error;
    throw new Error(`${path} cannot be read: ${problemReason(error)}.`, { cause: error });
  }
  const other = notData(bytes);
  if (other !== undefined) throw new RangeError(`${path} is ${other}.`);
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    throw new RangeError(`${path} is not UTF-8 text.`, { cause: error });
  }
  const lines = text.split(/\r\n|\n|\r/);
  while (lines.at(-1)?.trim() === '') lines.pop();
  return lines;
}

/**
 * Lines of the form `<number> <text>`, as text by number.
 *
 * @throws {RangeError} When a line has another form or a number comes twice; says which line.
 */
export function numberedLines(lines: readonly string[], path: string): Map<number, string> {
  const texts = new Map<number, string>();
  for (const [index, line] of lines.entries()) {
    const match = /^(\d{1,9})[ \t]+(\S.*)$/.exec(line.trim());
    if (!match)
      throw new RangeError(`${path}, line ${index + 1}: "${shown(line)}" is not a number and a text.`);
    const number = Number(match[1]);
    if (texts.has(number))
      throw new RangeError(`${path}, line ${index + 1}: the number ${number} comes twice.`);
    texts.set(number, match[2]!);
  }
  return texts;
}

/** A text from a file as an error may show it. */
export function shown(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}...` : text;
}

/** Whether a path from a file stays inside of the folder that it is relative to. */
export function staysInside(path: string): boolean {
  return !/^([/\\]|[a-z]:)/i.test(path) && !path.split(/[/\\]/).includes('..') && !path.includes('\0');
}
