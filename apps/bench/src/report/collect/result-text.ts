/** JSON with a line for each key, and lists of numbers on one line: a history of 60 epochs stays readable. */
export function resultText(value: unknown): string {
  const text = JSON.stringify(value, undefined, 2);
  // No string can look like that: in JSON, strings have no line breaks.
  return `${text.replaceAll(/\[\n[\s\d.,eE+-]+\]/g, (list) => list.replaceAll(/\s+/g, ' ').replace('[ ', '[').replace(' ]', ']'))}\n`;
}
