import { describeValue } from './describe-value.js';

/** How many classes or outputs a head may have: float32, in which backends count, tells so many whole numbers apart. */
export const largestCount = 2 ** 24;

/** Refuses a count that is not a whole number from `least` to `most`, before anything of that size is made. */
export function checkCount(name: string, value: unknown, least: number, most = largestCount): void {
  if (Number.isInteger(value) && (value as number) >= least) {
    if ((value as number) <= most) return;
    throw new RangeError(`${name} must be at most ${most}, and is ${describeValue(value)}`);
  }
  throw new RangeError(`${name} must be an integer of at least ${least}, and is ${describeValue(value)}`);
}

/** Refuses what is not an object with fields, such as null. */
export function checkRecord(name: string, value: unknown): void {
  if (typeof value === 'object' && value !== null) return;
  throw new TypeError(`${name} must be an object, and is ${describeValue(value)}`);
}

/** Refuses what is not true or false: the text "false" would count as true. */
export function checkBoolean(name: string, value: unknown): void {
  if (typeof value === 'boolean') return;
  throw new TypeError(`${name} must be true or false, and is ${describeValue(value)}`);
}

/** Whether `value` is an array or a typed array, of any realm. */
export function isNumberList(value: unknown): value is ArrayLike<number> {
  return Array.isArray(value) || (ArrayBuffer.isView(value) && 'length' in value);
}

/** Refuses a text that is not one of `known`. */
export function checkChoice(name: string, value: unknown, known: readonly string[]): void {
  if (typeof value === 'string' && known.includes(value)) return;
  const choice = known.length === 2 ? `'${known.join("' or '")}'` : `one of ${known.join(', ')}`;
  throw new RangeError(`${name} must be ${choice}, not ${describeValue(value)}`);
}

/** Whether float32, in which losses are computed, holds `value` as a finite number: 1e39 would be Infinity there. */
export function isFinite32(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(Math.fround(value));
}
