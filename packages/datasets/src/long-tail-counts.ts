/** How counts fall from the first class to the last. */
export interface LongTailCountsOptions {
  /** The number of classes, at least 2. */
  readonly classes: number;
  /** Images of the first class, a whole number from 1; 500 for CIFAR-100, 5000 for CIFAR-10. */
  readonly largest: number;
  /** How many times as many images the first class has as the last, at least 1; usual are 10, 50 and 100. */
  readonly ratio: number;
}

/**
 * Images a class with an exponential long tail: class k of K has largest / ratio^(k / (K - 1)), rounded down, and one at least
 * (Cui et al. 2019, section 5.1; as in the usual CIFAR-LT).
 *
 * @throws {RangeError} When an option is out of range.
 *
 * @example
 * longTailCounts({ classes: 10, largest: 5000, ratio: 100 }); // 5000, 2997, ..., 50
 */
export function longTailCounts({ classes, largest, ratio }: LongTailCountsOptions): number[] {
  if (!Number.isInteger(classes) || classes < 2) {
    throw new RangeError(`classes is ${classes}; it must be a whole number, at least 2.`);
  }
  if (!Number.isInteger(largest) || largest < 1) {
    throw new RangeError(`largest is ${largest}; it must be a whole number of images, at least 1.`);
  }
  if (!(ratio >= 1) || !Number.isFinite(ratio)) {
    throw new RangeError(`ratio is ${ratio}; it must be a finite number, at least 1.`);
  }
  return Array.from({ length: classes }, (_, label) =>
    // The small term keeps what is whole in theory, such as 5000 / 100, from being rounded down.
    Math.max(1, Math.floor(largest * ratio ** (-label / (classes - 1)) + 1e-9)),
  );
}
