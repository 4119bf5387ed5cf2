/** How counts grow from the first class to the last. */
export interface LinearCountsOptions {
  /** The number of classes, at least 2. */
  readonly classes: number;
  /** Images of the first class, a whole number from 0. Default 2, the paper's value. */
  readonly from?: number;
  /** Images of the last class, a whole number from 0. Default 200, the paper's value. */
  readonly to?: number;
}

/**
 * Images a class that grow linearly over the classes, rounded: the imbalanced CIFAR-100 of Mettes et al. 2019 (Table 4) has 2 in class 0, 4 in
 * class 1, ..., 200 in class 99.
 *
 * @throws {RangeError} When an option is out of range.
 *
 * @example
 * const imbalanced = subset(train, classSubsetIndices(train, linearCounts({ classes: 100 }), { seed: 0 }));
 */
export function linearCounts({ classes, from = 2, to = 200 }: LinearCountsOptions): number[] {
  if (!Number.isInteger(classes) || classes < 2) {
    throw new RangeError(`classes is ${classes}; it must be a whole number, at least 2.`);
  }
  for (const [name, count] of Object.entries({ from, to })) {
    if (!Number.isInteger(count) || count < 0) {
      throw new RangeError(`${name} is ${count}; it must be a whole number of images from 0.`);
    }
  }
  return Array.from({ length: classes }, (_, label) =>
    Math.round(from + ((to - from) * label) / (classes - 1)),
  );
}
