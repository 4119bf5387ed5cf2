/** What `minimumScale` is asked. */
export interface MinimumScaleOptions {
  /** How many classes there are, at least 2. */
  readonly classes: number;
  /** The probability that a perfect answer is to get, between 0 and 1. Default 0.95. */
  readonly probability?: number;
  /**
   * The cosine between an output on its own prototype and the other prototypes, from -1 to below 1. Default
   * -1 / (classes - 1), that of a simplex; for other prototypes give their largest cosine to be safe.
   */
  readonly otherCosine?: number;
  /** The additive cosine margin (CosFace) that the right class must overcome, from 0. Default 0. */
  readonly margin?: number;
}

/**
 * The smallest scale of a cosine softmax at which a perfect answer can be probable: with all other cosines at c,
 * `e^s / (e^s + (K - 1) e^{s c}) >= P` needs `s >= ln(P (K - 1) / (1 - P)) / (1 - c)`. For a simplex that is
 * `((K - 1) / K) ln(P (K - 1) / (1 - P))`. The largest temperature is 1 over it.
 *
 * @returns the scale; 0 when guessing already gives that probability
 * @throws {RangeError} if an option is out of range, or the margin is as wide as the gap between cosines
 * @example
 * minimumScale({ classes: 100, probability: 0.95 }); // 7.46
 */
export function minimumScale({
  classes,
  probability = 0.95,
  otherCosine = -1 / (classes - 1),
  margin = 0,
}: MinimumScaleOptions): number {
  if (!Number.isInteger(classes) || classes < 2) {
    throw new RangeError(`classes must be an integer of at least 2, and is ${classes}`);
  }
  if (!(probability > 0 && probability < 1)) {
    throw new RangeError(`probability must lie between 0 and 1, and is ${probability}`);
  }
  if (!(otherCosine >= -1 && otherCosine < 1)) {
    throw new RangeError(`otherCosine must be from -1 to below 1, and is ${otherCosine}`);
  }
  const gap = 1 - otherCosine - margin;
  if (!(margin >= 0 && gap > 0)) {
    throw new RangeError(`margin must be from 0 to below ${1 - otherCosine}, and is ${margin}`);
  }
  return Math.max(0, Math.log((probability * (classes - 1)) / (1 - probability)) / gap);
}
