import { join } from 'node:path';
import type { ImageDecoder } from '../image-decoder.js';
import type { ImageTable } from './image-table.js';

/** Of images of kinds that are not decoded; a file of another kind may have such a name. */
const endings = /\.(bmp|dib|p[bgpn]m|hei[cf]|jxl|jp2)$/i;

/**
 * Refuses a table with images of kinds that are not decoded, when the data are opened and not hours later.
 *
 * @throws {RangeError} That names the first such file and what it is.
 */
export async function refuseUnreadImages(
  { root, paths }: Pick<ImageTable, 'root' | 'paths'>,
  decoder: ImageDecoder,
  signal?: AbortSignal,
): Promise<void> {
  for (const path of paths) if (endings.test(path)) await decoder.probe(join(root, path), signal);
}
