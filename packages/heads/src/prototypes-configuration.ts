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

/** Prototypes from plain JSON data; `checkPrototypes` tells what is wrong with them. */
export function prototypesFromJSON({
  classes,
  dimensions,
  method,
  values,
}: PrototypesConfiguration): Prototypes {
  return { classes, dimensions, method, values: Float32Array.from(values) };
}
