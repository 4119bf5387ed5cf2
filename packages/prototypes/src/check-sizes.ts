/** Refuses a number of anything that is not an integer of at least `least`. */
export function checkInteger(name: string, value: number, least: number): void {
  if (typeof value !== 'number') {
    throw new TypeError(`${name} must be a number, and is ${describe(value)}`);
  }
  if (!Number.isSafeInteger(value) || value < least) {
    throw new RangeError(`${name} must be an integer of at least ${least}, and is ${value}`);
  }
}

/** Refuses sizes that no set of distinct prototypes can have. */
export function checkSizes({ classes, dimensions }: { classes: number; dimensions: number }): void {
  checkInteger('classes', classes, 2);
  checkInteger('dimensions', dimensions, 1);
  if (dimensions === 1 && classes > 2) {
    throw new RangeError(`dimensions must be at least 2 for ${classes} classes: a line has 2 unit vectors`);
  }
}

/** A value for an error message, without calling code of its own. */
export function describe(value: unknown): string {
  if (typeof value === 'string')
    return JSON.stringify(value.length > 60 ? `${value.slice(0, 60)}...` : value);
  if (typeof value === 'number') return String(value);
  return value === null ? 'null' : typeof value;
}

/** Refuses a number that is not finite or not above 0. */
export function checkPositive(name: string, value: number): void {
  if (typeof value !== 'number') throw new TypeError(`${name} must be a number, and is ${describe(value)}`);
  if (!Number.isFinite(value) || value <= 0) {
    throw new RangeError(`${name} must be finite and above 0, and is ${value}`);
  }
}
