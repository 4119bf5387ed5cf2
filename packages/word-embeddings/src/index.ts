export {
  type ClassMatch,
  classVectors,
  type ClassVectors,
  type ClassVectorsOptions,
} from './class-vectors.js';
export { nameWords, wordsToLookUp } from './name-words.js';
export { parseGloveText, type ParseGloveTextOptions } from './parse-glove-text.js';
export { wordVectors, type WordVectors } from './word-vectors.js';
