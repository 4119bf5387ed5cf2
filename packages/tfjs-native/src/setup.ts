import './refuse-older-node.js';
export { setUp, type SetUpOptions, type SetUpResult } from './set-up/set-up.js';
export { type SetUpProgress } from './set-up/set-up-progress.js';
export { inspectEngine, type EngineReport, type InspectOptions } from './set-up/inspect-engine.js';
export { type Finding } from './set-up/find-tools.js';
export { type EngineVariant } from './set-up/engine-recipe.js';
