import { UserError } from '../user-error.js';
import type { Settings } from './merge-settings.js';

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
  if (path.length === 0 || path.includes('')) {
    throw new UserError(
      `--set ${text}: give the path of a setting and its value, such as --set training.epochs=3.`,
    );
  }
  return path.reduceRight<unknown>(
    (value, key) => Object.fromEntries([[key, value]]),
    readValue(text.slice(equals + 1)),
  ) as Settings;
}

function readValue(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
