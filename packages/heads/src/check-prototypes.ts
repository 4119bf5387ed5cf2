import type { Prototypes } from '@hyperspherical/prototypes';
import { checkCount, checkRecord, isFinite32, isNumberList } from './check-values.js';
import { describeValue } from './describe-value.js';

/** How far from 1 the length of a prototype may be. */
const lengthTolerance = 1e-3;

/**
 * The same prototypes, once they are known to be at least two different unit rows of finite numbers. Reads host memory only, once for
 * each head. Values in a plain array, or in a typed array of another type or realm, are copied into a `Float32Array`.
 *
 * @throws {TypeError} if they are no object, or `values` no array
 * @throws {RangeError} naming the row, if one is not finite, not of length 1, or the same as another
 */
export function checkPrototypes(prototypes: Prototypes, name = 'prototypes'): Prototypes {
  const checked = checkFinitePrototypes(prototypes, name);
  const { classes, dimensions, values } = checked;
  const classOfRow = new Map<string, number>();
  for (let row = 0; row < classes; row++) {
    const prototype = values.subarray(row * dimensions, (row + 1) * dimensions);
    let square = 0;
    for (const value of prototype) square += value * value;
    const length = Math.sqrt(square);
    if (!(Math.abs(length - 1) <= lengthTolerance)) {
      throw new RangeError(
        `prototype ${row} has length ${length}, and must have 1; prototypesFromVectors normalises rows`,
      );
    }
    const key = prototype.map((value) => Math.round(value * 1e5) + 0).join();
    const twin = classOfRow.get(key);
    if (twin !== undefined) {
      throw new RangeError(
        `prototypes ${twin} and ${row} are the same, so their classes cannot be told apart`,
      );
    }
    classOfRow.set(key, row);
  }
  return checked;
}

/** The same, for vectors of any length: those that training has moved. */
export function checkFinitePrototypes(prototypes: Prototypes, name = 'prototypes'): Prototypes {
  checkRecord(name, prototypes);
  checkPrototypeNumbers(prototypes, name);
  const { values } = prototypes;
  // No refusal of other realms: what is not of this one is copied.
  return values instanceof Float32Array ? prototypes : { ...prototypes, values: Float32Array.from(values) };
}

/** Refuses sizes that do not fit the values, and values that float32 does not hold as finite numbers. */
export function checkPrototypeNumbers(
  {
    classes,
    dimensions,
    values,
  }: { readonly classes: number; readonly dimensions: number; readonly values: ArrayLike<number> },
  name: string,
): void {
  checkCount(`${name}.classes`, classes, 2);
  checkCount(`${name}.dimensions`, dimensions, 1);
  if (!isNumberList(values)) {
    throw new TypeError(`${name}.values must be an array of numbers, and is ${describeValue(values)}`);
  }
  if (values.length !== classes * dimensions) {
    throw new RangeError(
      `${name}.values must hold ${classes} rows of ${dimensions}, ${classes * dimensions} numbers; it holds ${values.length}`,
    );
  }
  for (let index = 0; index < values.length; index++) {
    const value: unknown = values[index];
    if (isFinite32(value)) continue;
    const [row, axis] = [Math.floor(index / dimensions), index % dimensions];
    throw new RangeError(
      `row ${row} of ${name}.values must hold finite float32 numbers, and holds ${describeValue(value)} at ${axis}`,
    );
  }
}
