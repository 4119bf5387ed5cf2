import { checkPrototypeNumbers } from './check-prototypes.js';
import { isNumberList } from './check-values.js';
import type { PrototypesConfiguration } from './head-configuration.js';
import type { Prototypes } from '@hyperspherical/prototypes';

/** Prototypes as plain JSON data. */
export function prototypesToJSON({
  classes,
  dimensions,
  method,
  values,
}: Prototypes): PrototypesConfiguration {
  return { classes, dimensions, method, values: Array.from(values) };
}

/**
 * Prototypes from plain JSON data; `checkPrototypes` says what else is wrong with them.
 *
 * @throws {TypeError} if a field is missing or of another type
 * @throws {RangeError} if `values` are not `classes` rows of `dimensions` finite numbers
 */
export function prototypesFromJSON(
  configuration: PrototypesConfiguration | undefined,
  name = 'prototypes',
): Prototypes {
  const { classes, dimensions, method, values }: Partial<PrototypesConfiguration> = configuration ?? {};
  if (!isNumberList(values) || typeof method !== 'string') {
    throw new TypeError(`the JSON of ${name} must be { classes, dimensions, method, values: [numbers] }`);
  }
  const sizes = { classes: classes!, dimensions: dimensions!, values };
  checkPrototypeNumbers(sizes, name);
  return { ...sizes, method, values: Float32Array.from(values) };
}
