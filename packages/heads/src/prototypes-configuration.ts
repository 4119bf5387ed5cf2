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

/** Prototypes from plain JSON data; `checkPrototypes` tells what else is wrong with them. */
export function prototypesFromJSON(configuration: PrototypesConfiguration | undefined): Prototypes {
  if (configuration === undefined || !Array.isArray(configuration.values)) {
    throw new TypeError('the JSON of prototypes must be { classes, dimensions, method, values: [numbers] }');
  }
  const { classes, dimensions, method, values } = configuration;
  return { classes, dimensions, method, values: Float32Array.from(values) };
}
