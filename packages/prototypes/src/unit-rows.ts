import { checkSizes, describe } from './check-sizes.js';
import type { Prototypes } from './prototypes.js';
import { normaliseRows } from './rows.js';

/**
 * The rows of prototypes in float64, each brought to length 1.
 *
 * @throws {RangeError} If `values` does not hold `classes` rows of `dimensions` finite numbers, none of them zero.
 */
export function unitRows({
  classes,
  dimensions,
  values,
}: Pick<Prototypes, 'classes' | 'dimensions' | 'values'>): Float64Array {
  checkSizes({ classes, dimensions });
  // From a caller without types.
  const length = (values as ArrayLike<number> | undefined)?.length;
  if (typeof length !== 'number') throw new TypeError(`values must be numbers, and are ${describe(values)}`);
  if (length !== classes * dimensions) {
    throw new RangeError(
      `values must hold ${classes} rows of ${dimensions}, ${classes * dimensions} numbers; it holds ${length}`,
    );
  }
  const rows = Float64Array.from(values);
  normaliseRows(rows, dimensions);
  const bad = rows.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0) {
    throw new RangeError(
      `values must be finite and no row zero; row ${Math.floor(bad / dimensions)} is not a direction`,
    );
  }
  return rows;
}
