export { cosineRegressionLoss, type CosineRegressionOptions } from './cosine-regression-loss.js';
export { cosineSimilarity } from './cosine-similarity.js';
export { normaliseRows } from './normalise-rows.js';
export { reduce, type ReduceOptions, type Reduction } from './reduce.js';
export { softmaxCrossEntropy } from './softmax-cross-entropy.js';
export { squaredCosineLoss } from './squared-cosine-loss.js';
export { squaredError } from './squared-error.js';
