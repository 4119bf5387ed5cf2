import { alongAxes, principalAxes } from '@hyperspherical/drawing';
import { type Prototypes, prototypesFromVectors } from '@hyperspherical/prototypes';

/**
 * Rows brought to fewer dimensions by their principal axes, as prototypes of unit length.
 *
 * @throws {RangeError} When there are fewer dimensions, or fewer rows, than asked for.
 */
export function projectOnPrincipalAxes(rows: readonly ArrayLike<number>[], dimensions: number): Prototypes {
  const available = Math.min(rows.length, rows[0]?.length ?? 0);
  if (dimensions > available) {
    throw new RangeError(
      `${rows.length} word vectors of ${rows[0]?.length ?? 0} dimensions have ${available} principal axes at most, and ${dimensions} were asked for`,
    );
  }
  const axes = principalAxes(rows, dimensions);
  return { ...prototypesFromVectors(rows.map((row) => alongAxes(row, axes))), method: 'word-vectors' };
}
