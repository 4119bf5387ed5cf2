/** @throws {RangeError} If the value is no whole number of at least 1; the message names the argument. */
export function checkPositiveInteger(name: string, value: number): void {
  if (!Number.isSafeInteger(value) || value < 1) {
    throw new RangeError(`${name} is ${value}; it must be a whole number of at least 1.`);
  }
}
