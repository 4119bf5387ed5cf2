import type { Variable } from '@tensorflow/tfjs-core';
import { cosineClassifierFromJSON, type CosineClassifier } from './cosine-classifier.js';
import { checkFields } from './check-fields.js';
import type { HeadConfiguration } from './head-configuration.js';
import { jointHead, type JointHead } from './joint-head.js';
import { linearRegressor, type LinearRegressor } from './linear-regressor.js';
import { nearestMeanClassifierFromJSON, type NearestMeanClassifier } from './nearest-mean-classifier.js';
import { ordinalClassifier, type OrdinalClassifier } from './ordinal-classifier.js';
import { prototypeClassifier, type PrototypeClassifier } from './prototype-classifier.js';
import { prototypeRegressor, type PrototypeRegressor } from './prototype-regressor.js';
import { prototypesFromJSON } from './prototypes-configuration.js';
import { softmaxClassifier, type SoftmaxClassifier } from './softmax-classifier.js';

/** Every head that this package makes, told apart by `kind`. */
export type AnyHead =
  | PrototypeClassifier
  | PrototypeRegressor
  | JointHead
  | SoftmaxClassifier
  | CosineClassifier
  | LinearRegressor
  | OrdinalClassifier
  | NearestMeanClassifier;

/**
 * Makes a head again from what its `toJSON` returned, prototypes included.
 *
 * @param configuration - the JSON
 * @param variables - tensors to use in place of the head's own `variables`, in their order; freed by their owner
 * @throws {RangeError} if the kind or a field is unknown or a value is out of range
 * @throws {TypeError} if the JSON is no object or has no prototypes where the kind needs them
 * @example
 * const head = headFromJSON(JSON.parse(JSON.stringify(trained)));
 */
export function headFromJSON(configuration: HeadConfiguration, variables: readonly Variable[] = []): AnyHead {
  if (typeof configuration !== 'object' || (configuration as HeadConfiguration | null) === null) {
    throw new TypeError(`the JSON of a head must be an object, not ${JSON.stringify(configuration)}`);
  }
  checkFields(configuration);
  switch (configuration.kind) {
    case 'prototype-classifier':
      return prototypeClassifier({
        ...configuration,
        prototypes: prototypesFromJSON(configuration.prototypes),
      });
    case 'softmax-classifier':
      return softmaxClassifier(configuration);
    case 'prototype-regressor':
      return prototypeRegressor(configuration);
    case 'joint':
      return jointHead({ ...configuration, prototypes: prototypesFromJSON(configuration.prototypes) });
    case 'cosine-classifier':
      return cosineClassifierFromJSON(
        { ...configuration, prototypes: prototypesFromJSON(configuration.prototypes) },
        variables[0],
      );
    case 'linear-regressor':
      return linearRegressor(configuration);
    case 'ordinal-classifier':
      return ordinalClassifier(configuration);
    case 'nearest-mean-classifier':
      return nearestMeanClassifierFromJSON(
        { ...configuration, means: prototypesFromJSON(configuration.means) },
        variables[0],
      );
  }
}
