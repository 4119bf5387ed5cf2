export { analogy, type AnalogyOptions } from './analogy.js';
export {
  type ClassMatch,
  classVectors,
  type ClassVectors,
  type ClassVectorsOptions,
} from './class-vectors.js';
export { type CosineMatrix, cosineMatrix } from './cosine-matrix.js';
export { type WordVectorsFormat } from './formats/detect-format.js';
export { type UnicodeErrors } from './formats/word-decoder.js';
export { type MatchedPart } from './match-name.js';
export { nameWords } from './name-words.js';
export { nearestSpellings } from './nearest-spellings.js';
export { nearestWords, type NearestWordsOptions, type WordNeighbour } from './nearest-words.js';
export {
  type BadRows,
  parseWordVectors,
  type ParseWordVectorsOptions,
  type ReadWordVectorsOptions,
} from './parse-word-vectors.js';
export { rankAgreement, type RankAgreement } from './rank-agreement.js';
export { type Synonyms } from './synonyms.js';
export { type MatchRule } from './word-forms.js';
export { type WordTable, wordVectors, type WordVectors } from './word-vectors.js';
export { wordsToLookUp } from './words-to-look-up.js';
