import { isFinite32 } from './check-values.js';
import { describeValue } from './describe-value.js';

/** The values, in the target's own unit, that the two poles stand for. */
export interface Bounds {
  readonly lower: number;
  readonly upper: number;
}

/** Throws a RangeError unless both are finite and `lower` is below `upper`. */
export function checkBounds(bounds: Partial<Bounds> | undefined, name = 'bounds'): void {
  const { lower = Number.NaN, upper = Number.NaN } = bounds ?? {};
  // The range, too: it divides the targets.
  if (isFinite32(lower) && isFinite32(upper) && isFinite32(upper - lower) && lower < upper) return;
  throw new RangeError(
    `${name}.lower must be a finite number below ${name}.upper; they are ${describeValue(lower)} and ${describeValue(upper)}`,
  );
}

/**
 * The smallest and largest of the training targets, as the paper's regression takes its bounds.
 *
 * @throws {RangeError} if a target is not finite, or all are equal
 * @example
 * prototypeRegressor({ bounds: boundsFromTargets(years) });
 */
export function boundsFromTargets(targets: ArrayLike<number>): Bounds {
  let lower = Infinity;
  let upper = -Infinity;
  for (let index = 0; index < targets.length; index++) {
    const target = targets[index]!;
    if (!Number.isFinite(target)) throw new RangeError(`target ${index} is ${target}, and must be finite`);
    if (target < lower) lower = target;
    if (target > upper) upper = target;
  }
  if (lower === upper) throw new RangeError(`all ${targets.length} targets are ${lower}: they span no range`);
  if (targets.length === 0) throw new RangeError('targets must not be empty');
  return { lower, upper };
}
