import './node/refuse-older-node.js';
export { wordsFolder } from './node/cache-folder.js';
export { type KnownSource, knownSources } from './node/known-sources.js';
export {
  openWordVectors,
  type OpenWordVectorsOptions,
  type WordVectorsProgress,
} from './node/open-word-vectors.js';
