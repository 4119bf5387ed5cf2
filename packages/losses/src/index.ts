export { alignmentLoss, type AlignmentOptions } from './alignment-loss.js';
export { arcFaceLoss, type ArcFaceOptions } from './arc-face-loss.js';
export { busemannLoss, type BusemannOptions } from './busemann-loss.js';
export {
  checkClassWeights,
  checkLabels,
  type CheckLabelsOptions,
  checkUnitRows,
  type Numbers,
} from './check-values.js';
export { cosFaceLoss, type CosFaceOptions } from './cos-face-loss.js';
export { cosineRegressionLoss, type CosineRegressionOptions } from './cosine-regression-loss.js';
export { cosineScoresLoss, type CosineScoresOptions } from './cosine-scores-loss.js';
export { cosineSimilarity } from './cosine-similarity.js';
export { cosineSoftmaxLoss, type CosineSoftmaxOptions } from './cosine-softmax-loss.js';
export { dotRegressionLoss, type DotRegressionOptions } from './dot-regression-loss.js';
export { countedLabels, exampleWeights, type LabelOptions } from './example-weights.js';
export {
  jointCosineLoss,
  type JointCosineOptions,
  type JointLayout,
  type JointTargets,
  type JointWeights,
} from './joint-cosine-loss.js';
export { type MarginSize } from './margin-of-labels.js';
export { type CosineClassesOptions } from './margin-softmax.js';
export { minimumScale, type MinimumScaleOptions } from './minimum-scale.js';
export { normaliseRows } from './normalise-rows.js';
export { ntXentLoss } from './nt-xent-loss.js';
export { ordinalCrossEntropy } from './ordinal-cross-entropy.js';
export {
  type OrdinalDistance,
  type OrdinalOptions,
  ordinalSoftLabels,
  ordinalSoftLabelTable,
} from './ordinal-soft-labels.js';
export { reduce, type ReduceOptions, type Reduction } from './reduce.js';
export { softmaxCrossEntropy } from './softmax-cross-entropy.js';
export { squaredCosineLoss } from './squared-cosine-loss.js';
export { squaredError } from './squared-error.js';
export { type ContrastiveOptions, supervisedContrastiveLoss } from './supervised-contrastive-loss.js';
export { uniformityLoss, type UniformityOptions } from './uniformity-loss.js';
