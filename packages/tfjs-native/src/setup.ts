export { setUp, type SetUpOptions, type SetUpResult } from './set-up/set-up.js';
export { type SetUpProgress } from './set-up/set-up-progress.js';
