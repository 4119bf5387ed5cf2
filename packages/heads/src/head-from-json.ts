import type { Variable } from '@tensorflow/tfjs-core';
import { cosineClassifierFromJSON, type CosineClassifier } from './cosine-classifier.js';
import { checkFields } from './check-fields.js';
import { describeValue } from './describe-value.js';
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
 * Makes a head again from what its `toJSON` returned, prototypes included. Every count, size and number is checked before memory or
 * time is spent on it, so that JSON of unknown origin costs no more than its own size; nothing but the documented fields is read.
 *
 * @param configuration - the JSON
 * @param variables - tensors to use in place of the head's own `variables`, in their order; freed by their owner
 * @throws {RangeError} if the kind or a field is unknown or a value is out of range
 * @throws {TypeError} if the JSON is no object, or a field is of another type than its documentation says
 * @example
 * const head = headFromJSON(JSON.parse(JSON.stringify(trained)));
 */
export function headFromJSON(configuration: HeadConfiguration, variables: readonly Variable[] = []): AnyHead {
  if (typeof configuration !== 'object' || (configuration as HeadConfiguration | null) === null) {
    throw new TypeError(`the JSON of a head must be an object, not ${describeValue(configuration)}`);
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
        { ...configuration, means: prototypesFromJSON(configuration.means, 'means') },
        variables[0],
      );
  }
}
