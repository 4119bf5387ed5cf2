export { openWordVectors, type OpenWordVectorsOptions } from './node/open-word-vectors.js';
