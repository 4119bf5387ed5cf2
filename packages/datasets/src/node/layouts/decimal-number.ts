const decimal = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;

/**
 * Reads a decimal number, such as `3`, `-1.5`, `+2`, `.5` or `1e5`, that a float32 can hold. Nothing else is a number here: not
 * `0x10`, `Infinity`, `NaN`, `1,5` or an empty text, which `Number` reads or makes 0 of.
 *
 * @returns The number, or why it is none, as the end of the sentence "the value ...".
 */
export function decimalNumber(text: string): number | string {
  if (!decimal.test(text)) return 'is no decimal number';
  const number = Number(text);
  return Number.isFinite(Math.fround(number)) ? number : 'is larger than a float32 can hold';
}
