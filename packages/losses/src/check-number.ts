/** From and to here, formulas in float32 stay finite. */
const smallest = 1e-30;
const largest = 1e30;

/** Throws a RangeError unless `value` is a number above 0 that float32 can compute with. */
export function checkPositive(name: string, value: number): void {
  if (!(Number.isFinite(value) && value > 0)) {
    throw new RangeError(`${name} must be a finite number above 0, and is ${value}`);
  }
  if (value < smallest || value > largest) {
    throw new RangeError(`${name} must be from ${smallest} to ${largest}, and is ${value}`);
  }
}

/** Throws a RangeError unless `value` is a number of at least 0 that float32 can compute with, and below `limit`. */
export function checkNotNegative(name: string, value: number, limit = Infinity): void {
  const above = limit === Infinity ? '' : ` and below ${limit}`;
  if (!(Number.isFinite(value) && value >= 0 && value < limit)) {
    throw new RangeError(`${name} must be a finite number of at least 0${above}, and is ${value}`);
  }
  if (value > largest) throw new RangeError(`${name} must be at most ${largest}, and is ${value}`);
}
