export { closeness, type Closeness, type Tolerance } from './closeness.js';
export { finiteDifferences } from './finite-differences.js';
export { tensorsLeft } from './tensors-left.js';
