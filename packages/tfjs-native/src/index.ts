import './refuse-older-node.js';
export { nativeEngine, type NativeEngine } from './engine/register-backend.js';
export type { NativeAttribute, NativeBackend } from './engine/native-backend.js';
export { nativeBackend } from './engine/registered-backend.js';
export { node } from './engine/node.js';
export {
  compile,
  type CompiledArguments,
  type CompiledStep,
  type CompileOptions,
} from './compile/compile.js';
export type { CompiledGraph } from './compile/compiled-graph.js';
export { RecordingError } from './compile/recording-error.js';
export type { GradientOptimizer } from './optimizers/gradient-optimizer.js';
export type { SavedVariable } from './optimizers/saved-state.js';
export { createSgd, type Sgd, type SgdOptions } from './optimizers/sgd.js';
export { createAdam, createAdamW, type AdamOptions } from './optimizers/adam.js';
export { compileLayers, type CompiledLayers, type CompileLayersOptions } from './compile/compile-layers.js';
export { dropout, type DropoutOptions } from './random/dropout.js';
export { augmentImages, type AugmentOptions } from './random/augment-images.js';
export type { RandomKey } from './random/draw-stateless.js';
export { statelessRandomNormal, type NormalOptions } from './random/stateless-random-normal.js';
export { statelessRandomUniform, type UniformOptions } from './random/stateless-random-uniform.js';
