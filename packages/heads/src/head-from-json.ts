import { type HeadConfiguration } from './head-configuration.js';
import { prototypeClassifier, type PrototypeClassifier } from './prototype-classifier.js';
import { prototypeRegressor, type PrototypeRegressor } from './prototype-regressor.js';
import { prototypesFromJSON } from './prototypes-configuration.js';
import { softmaxClassifier, type SoftmaxClassifier } from './softmax-classifier.js';

/** Every head that this package makes, told apart by `kind`. */
export type AnyHead = PrototypeClassifier | SoftmaxClassifier | PrototypeRegressor;

/**
 * Makes a head again from what its `toJSON` returned, prototypes included.
 *
 * @throws {RangeError} if the kind is unknown or a value is out of range
 * @example
 * const head = headFromJSON(JSON.parse(JSON.stringify(trained)));
 */
export function headFromJSON(configuration: HeadConfiguration): AnyHead {
  switch (configuration.kind) {
    case 'prototype-classifier':
      return prototypeClassifier({ prototypes: prototypesFromJSON(configuration.prototypes) });
    case 'softmax-classifier':
      return softmaxClassifier(configuration);
    case 'prototype-regressor':
      return prototypeRegressor(configuration);
    default:
      throw new RangeError(
        `the JSON is of no known head: its kind is ${JSON.stringify((configuration as { kind?: unknown }).kind)}`,
      );
  }
}
