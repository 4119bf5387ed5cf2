import type { Dataset } from './dataset.js';
import type { StreamedDataset } from './streamed-dataset.js';

/** What values are. */
export interface ValueDescription {
  /** Such as `rotation`. Default: none. */
  readonly valueName?: string;
  /** Such as `degrees`. Default: none. */
  readonly valueUnit?: string;
  /** What the values lie between. Default: the lowest and highest of them. */
  readonly valueBounds?: readonly [lowest: number, highest: number];
}

/**
 * The same images with values to regress, one an image; a value from before is replaced, labels stay.
 *
 * @param dataset - In memory or streamed.
 * @param values - `[size]`, or a function from an image's position to its value.
 * @throws {RangeError} When there is not one finite value an image, a value lies outside the bounds, or the lower bound is not below the
 * higher (all values equal, where no bounds are given).
 *
 * @example
 * const years = withValues(paintings, creationYears, { valueName: 'creation year', valueUnit: 'years' });
 */
export function withValues<D extends Dataset | StreamedDataset>(
  dataset: D,
  values: ArrayLike<number> | ((index: number) => number),
  { valueName, valueUnit, valueBounds }: ValueDescription = {},
): D {
  const { size, name, split } = dataset;
  const given =
    typeof values === 'function'
      ? Float64Array.from({ length: size }, (_, index) => values(index))
      : Float64Array.from(values);
  if (given.length !== size) {
    throw new RangeError(
      `there are ${given.length} values for the ${size} images of ${name} ${split}; give one an image.`,
    );
  }
  let [lowest, highest] = valueBounds ?? [
    given.reduce((least, value) => Math.min(least, value), Infinity),
    given.reduce((most, value) => Math.max(most, value), -Infinity),
  ];
  const wrong = given.findIndex((value) => !Number.isFinite(value) || value < lowest || value > highest);
  if (wrong >= 0) {
    const allowed = valueBounds ? `from ${lowest} to ${highest}, the bounds` : 'a finite number';
    throw new RangeError(`values[${wrong}] is ${given[wrong]}; it must be ${allowed}.`);
  }
  if (!(lowest < highest) || !Number.isFinite(highest - lowest)) {
    throw new RangeError(
      `the bounds of the values are [${lowest}, ${highest}]; both must be finite and the first below the second.`,
    );
  }
  const rounded = Float32Array.from(given);
  // A bound such as 0.1 may lie between two float32 numbers, and a value at it may round to the one outside.
  for (const value of rounded) {
    lowest = Math.min(lowest, value);
    highest = Math.max(highest, value);
  }
  const described = { ...dataset, values: rounded, valueBounds: [lowest, highest] as const } as D & {
    valueName?: string;
    valueUnit?: string;
  };
  delete described.valueName;
  delete described.valueUnit;
  if (valueName !== undefined) described.valueName = valueName;
  if (valueUnit !== undefined) described.valueUnit = valueUnit;
  return described;
}
