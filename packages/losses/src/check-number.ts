/** Throws a RangeError unless `value` is a finite number above 0. */
export function checkPositive(name: string, value: number): void {
  if (Number.isFinite(value) && value > 0) return;
  throw new RangeError(`${name} must be a finite number above 0, and is ${value}`);
}

/** Throws a RangeError unless `value` is a finite number of at least 0, and below `limit` when there is one. */
export function checkNotNegative(name: string, value: number, limit = Infinity): void {
  if (Number.isFinite(value) && value >= 0 && value < limit) return;
  const above = limit === Infinity ? '' : ` and below ${limit}`;
  throw new RangeError(`${name} must be a finite number of at least 0${above}, and is ${value}`);
}
