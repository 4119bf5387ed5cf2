export { bytesOf } from './bytes-of.js';
export { closeness, type Closeness, type Tolerance } from './closeness.js';
export { finiteDifferences } from './finite-differences.js';
export { forEachBackend } from './for-each-backend.js';
export { tensorsLeft } from './tensors-left.js';
