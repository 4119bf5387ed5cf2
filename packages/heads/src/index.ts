export { boundsFromTargets, type Bounds } from './bounds.js';
export { headFromJSON, type AnyHead } from './head-from-json.js';
export { type Head } from './head.js';
export { type HeadConfiguration, type PrototypesConfiguration } from './head-configuration.js';
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
export {
  softmaxClassifier,
  type SoftmaxClassifier,
  type SoftmaxClassifierOptions,
} from './softmax-classifier.js';
