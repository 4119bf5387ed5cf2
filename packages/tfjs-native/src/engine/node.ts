import { createRequire } from 'node:module';
import type * as Node from '../../vendor/dist/node.js';

/**
 * What tfjs-node calls `tf.node`: images (`decodePng`, `encodeJpeg`, ...), TensorBoard (`summaryFileWriter`,
 * `tensorBoard`) and SavedModels (`loadSavedModel`, ...).
 *
 * @example
 * const image = node.decodePng(readFileSync('cat.png')); // [height, width, channels]
 */
export const node = (createRequire(import.meta.url)('../../vendor/dist/node.js') as typeof Node).node;
