import { UserError } from './user-error.js';
import { messageOf } from './message-of.js';

/** The largest record that a run writes is far smaller. */
export const mostJsonBytes = 64 * 2 ** 20;
/** The deepest record that a run writes has ten levels. */
const usualLevels = 64;

/** What text is parsed as, and how much of it is accepted. */
export interface ParseJsonOptions {
  /** Where the text is from; the subject of errors: `runs/a/result.json`. */
  readonly place: string;
  /** The largest text, in bytes of UTF-8; default 64 MiB. */
  readonly mostBytes?: number;
  /** How deep arrays and objects are nested at most; default 64. */
  readonly mostLevels?: number;
  /** What to do, as a sentence that follows the error: `Replace the run with --force.`. */
  readonly advice?: string;
  /** Of the error; default 2. */
  readonly exitCode?: 1 | 2;
}

/**
 * Parses untrusted JSON. Everything that reads JSON files or messages goes through here.
 *
 * @throws UserError when the text is not JSON, too large, nested too deeply, or has a key `__proto__`.
 */
export function parseJson(
  text: string,
  { place, mostBytes = mostJsonBytes, mostLevels = usualLevels, advice, exitCode = 2 }: ParseJsonOptions,
): unknown {
  const refuse = (what: string, cause?: unknown): UserError =>
    new UserError(`${place} ${what}.${advice === undefined ? '' : ` ${advice}`}`, { exitCode, cause });
  const bytes = Buffer.byteLength(text);
  if (bytes > mostBytes) throw refuse(`has ${bytes} bytes; at most ${mostBytes} are read`);
  if (isDeeperThan(text, mostLevels)) throw refuse(`is nested more than ${mostLevels} levels deep`);
  const json = text.startsWith('\uFEFF') ? text.slice(1) : text;
  let value: unknown;
  try {
    // Looking at each key costs time, and hardly any text gives a reason to.
    value = /__proto__|\\u/.test(json) ? JSON.parse(json, refusePrototype) : JSON.parse(json);
  } catch (cause) {
    if (cause === prototypeKey) throw refuse('has a key `__proto__`, which nothing of ours has');
    throw refuse(`is not valid JSON: ${explain(cause)}`, cause);
  }
  return value;
}

const prototypeKey = new Error('__proto__');

function refusePrototype(key: string, value: unknown): unknown {
  if (key === '__proto__') throw prototypeKey;
  return value;
}

/** Goes through the text once, without calling itself: nesting cannot exhaust the stack. */
function isDeeperThan(text: string, mostLevels: number): boolean {
  let level = 0;
  let inString = false;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (inString) {
      if (code === backslash) index += 1;
      else if (code === quote) inString = false;
    } else if (code === quote) inString = true;
    else if (code === openBracket || code === openBrace) {
      level += 1;
      if (level > mostLevels) return true;
    } else if (code === closeBracket || code === closeBrace) level -= 1;
  }
  return false;
}

const [quote, backslash, openBracket, closeBracket, openBrace, closeBrace] = [
  0x22, 0x5c, 0x5b, 0x5d, 0x7b, 0x7d,
];

/** What the engine says of the text, without its own "is not valid JSON". */
function explain(error: unknown): string {
  return messageOf(error)
    .replace(/, .* is not valid JSON$/s, '')
    .replaceAll(/\s+/g, ' ');
}
