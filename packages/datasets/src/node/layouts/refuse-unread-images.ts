import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { imageKind } from '../image-kind.js';
import type { ImageTable } from './image-table.js';

/** Of images of kinds that are not decoded; a file of another kind may have such a name. */
const endings = /\.(bmp|dib|p[bgpn]m|hei[cf]|jxl|jp2)$/i;

/**
 * Refuses a table with images of kinds that are not decoded, when the data are opened and not hours later.
 *
 * @throws {RangeError} That names the first such file and what it is.
 */
export async function refuseUnreadImages({ root, paths }: Pick<ImageTable, 'root' | 'paths'>): Promise<void> {
  for (const path of paths) {
    if (!endings.test(path)) continue;
    const { what, decodable } = await kindOf(join(root, path));
    if (!decodable) {
      throw new RangeError(
        `${join(root, path)} is ${what}, which is not read. Convert such files to PNG or JPEG, or take them out of the folder.`,
      );
    }
  }
}

async function kindOf(path: string): Promise<ReturnType<typeof imageKind>> {
  // What cannot be opened is named when it is decoded.
  const file = await open(path).catch(() => undefined);
  if (!file) return { what: 'unknown', decodable: true };
  try {
    const bytes = new Uint8Array(512);
    const { bytesRead } = await file.read(bytes, 0, bytes.length, 0);
    return imageKind(bytes.subarray(0, bytesRead));
  } finally {
    await file.close();
  }
}
