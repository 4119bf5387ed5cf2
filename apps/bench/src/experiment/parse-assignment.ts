import { parseJson } from '../records/parse-json.js';
import { UserError } from '../records/user-error.js';
import type { Settings } from './merge-settings.js';

/** The deepest setting has a handful. */
const mostKeys = 16;

/**
 * Reads `--set training.epochs=3` as the settings that it changes. The value is JSON where it reads as JSON, else a string.
 *
 * @throws UserError when there is no path or no `=`.
 * @example
 * parseAssignment('head.prototypes.dimensions=25'); // { head: { prototypes: { dimensions: 25 } } }
 */
export function parseAssignment(text: string): Settings {
  const equals = text.indexOf('=');
  const path = equals < 1 ? [] : text.slice(0, equals).split('.');
  if (path.length > mostKeys)
    throw new UserError(`--set ${text.slice(0, 40)}...: a setting is at most ${mostKeys} keys deep.`);
  if (path.length === 0 || path.includes('')) {
    throw new UserError(
      `--set ${text}: give the path of a setting and its value, such as --set training.epochs=3.`,
    );
  }
  return path.reduceRight<unknown>(
    (value, key) => Object.fromEntries([[key, value]]),
    readValue(text.slice(equals + 1), `The value of --set ${path.join('.')}`),
  ) as Settings;
}

function readValue(text: string, place: string): unknown {
  // What other languages print where JSON has no number: refused by its name, not as a string that should be one.
  if (/^(?:NaN|[+-]?Infinity)$/.test(text)) return Number(text);
  try {
    return parseJson(text, { place });
  } catch (error) {
    // Text that is JSON and too much of it is no string.
    if (/^\s*[[{]/.test(text) && !isSyntaxError(error)) throw error;
    return text;
  }
}

function isSyntaxError(error: unknown): boolean {
  return (
    ((error as { readonly cause?: unknown }).cause as { readonly name?: unknown } | undefined)?.name ===
    'SyntaxError'
  );
}
