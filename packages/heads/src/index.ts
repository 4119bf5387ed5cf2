export { boundsFromTargets, type Bounds } from './bounds.js';
export { checkTargets, type CheckTargetsOptions, type HostTargets } from './check-targets.js';
export {
  cosineClassifier,
  type CosineClassifier,
  type CosineClassifierOptions,
} from './cosine-classifier.js';
export {
  type ClassWeighting,
  type CosineClassifierConfiguration,
  type HeadConfiguration,
  type JointConfiguration,
  type LinearRegressorConfiguration,
  type NearestMeanClassifierConfiguration,
  type OrdinalClassifierConfiguration,
  type PrototypeClassifierConfiguration,
  type PrototypeRegressorConfiguration,
  type PrototypesConfiguration,
  type SoftmaxClassifierConfiguration,
  type Standard,
} from './head-configuration.js';
export { headFromJSON, type AnyHead } from './head-from-json.js';
export { type Head } from './head.js';
export { jointHead, type JointHead, type JointHeadOptions, type JointTensors } from './joint-head.js';
export {
  linearRegressor,
  type LinearRegressor,
  type LinearRegressorOptions,
  standardFromTargets,
} from './linear-regressor.js';
export { accuracy, meanAbsoluteError } from './measures.js';
export {
  nearestMeanClassifier,
  type NearestMeanClassifier,
  type NearestMeanClassifierOptions,
} from './nearest-mean-classifier.js';
export {
  ordinalClassifier,
  type OrdinalClassifier,
  type OrdinalClassifierOptions,
} from './ordinal-classifier.js';
export {
  prototypeClassifier,
  type PrototypeClassifier,
  type PrototypeClassifierOptions,
} from './prototype-classifier.js';
export {
  prototypeRegressor,
  type PrototypeRegressor,
  type PrototypeRegressorOptions,
} from './prototype-regressor.js';
export { prototypesFromExamples } from './prototypes-from-examples.js';
export {
  softmaxClassifier,
  type SoftmaxClassifier,
  type SoftmaxClassifierOptions,
} from './softmax-classifier.js';
export {
  largestCosine,
  negativeEnergy,
  unknownClassMeasures,
  type UnknownClassMeasures,
} from './unknown-classes.js';
