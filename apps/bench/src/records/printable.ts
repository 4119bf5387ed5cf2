/**
 * Text as a terminal may get it: control characters and what turns the direction of writing become visible escapes, such as `\u001b`.
 * Lines and tabs stay. In JSON, where these characters only occur inside of strings, the escapes mean the same characters.
 *
 * @example
 * printable('\u001b[2J'); // '\\u001b[2J'
 */
export function printable(text: string): string {
  return text.replaceAll(unprintable, escapeCharacter);
}

/** The same on one line: for names and sentences that are part of a line of ours. */
export function printableLine(text: string): string {
  return printable(text).replaceAll(/[\n\t]/g, escapeCharacter);
}

// C0 without tab and line feed, DEL, C1; bidirectional embeddings, overrides and isolates; line and paragraph separators.
// eslint-disable-next-line no-control-regex -- these are what it is about
const unprintable = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g;

function escapeCharacter(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
