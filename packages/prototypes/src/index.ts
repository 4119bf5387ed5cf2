export { circlePrototypes } from './circle-prototypes.js';
export {
  createPrototypes,
  prototypeMethods,
  type CreatePrototypesOptions,
  type PrototypeMethod,
} from './create-prototypes.js';
export { equiangularPrototypes } from './equiangular-prototypes.js';
export { hpnPrototypes, type HpnOptions } from './hpn-prototypes.js';
export { codePrototypes } from './codes/code-prototypes.js';
export { rieszPrototypes, type RieszOptions } from './riesz-prototypes.js';
export { uniformityPrototypes, type UniformityOptions } from './uniformity-prototypes.js';
export { type SpreadOptions } from './spread-points.js';
export { logSumExpPrototypes } from './log-sum-exp-prototypes.js';
export { decodeNpy, encodeNpy, type DecodedNpy, type NpyArray, type NpyLayout } from './npy.js';
export { oneHotPrototypes } from './one-hot-prototypes.js';
export { orthoplexPrototypes } from './orthoplex-prototypes.js';
export { type Progress, type RunOptions } from './progress.js';
export { prototypesFromNpy } from './prototypes-from-npy.js';
export { prototypesFromVectors } from './prototypes-from-vectors.js';
export { prototypesFromJSON, prototypesToJSON, type PrototypesJSON } from './prototypes-json.js';
export { type Prototypes } from './prototypes.js';
export { randomPrototypes } from './random-prototypes.js';
export { regressionPoles, type RegressionPoles } from './regression-poles.js';
export { separationBound, type SeparationBound } from './separation-bound.js';
export { separation, type Separation } from './separation.js';
export { simplexPrototypes } from './simplex-prototypes.js';
export { rankingAgreement } from './ranking-agreement.js';
export {
  semanticPrototypes,
  type SemanticPrototypes,
  type SemanticPrototypesOptions,
} from './semantic-prototypes.js';
export { assignLabels, type AssignLabelsOptions, type AssignedPrototypes } from './assign-labels.js';
export {
  extendPrototypes,
  reservePrototypes,
  type ExtendPrototypesOptions,
  type ReservedPrototypes,
  type ReservePrototypesOptions,
} from './extend-prototypes.js';
