import { existsSync } from 'node:fs';
import { batches, circleMask, type ChannelStatistics } from '@hyperspherical/datasets';
import { readImageFiles } from '@hyperspherical/datasets/node';
import type { ImageReading } from '../../records/image-reading.js';
import { UserError } from '../../records/user-error.js';

/**
 * Reads image files by the reader and the arithmetic of training: see `readImageFiles` of @hyperspherical/datasets. An image of another size is scaled to cover
 * the network's and cut in the middle.
 *
 * @param imageShape - `[height, width, channels]`; 1 channel means gray.
 * @param mask - `circle` where training blackened all but a circle.
 * @returns `[files, height, width, channels]`, row-major.
 * @throws UserError that names the file that is missing or no image.
 */
export async function readImages(
  paths: readonly string[],
  imageShape: readonly [number, number, number],
  normalise: ChannelStatistics,
  mask: ImageReading['mask'] = 'none',
): Promise<Float32Array> {
  const missing = paths.find((path) => !existsSync(path));
  if (missing !== undefined) throw new UserError(`There is no image ${missing}.`);
  const size = paths.length;
  if (size === 0) return new Float32Array(0);
  const images = await readImageFiles(paths, { imageShape }).catch((cause: unknown) => {
    const { message } = cause as Error;
    throw new UserError(message.replace(' cannot be decoded: ', ' is no image that can be read: '), {
      cause,
    });
  });
  if (mask === 'circle') blackenCorners(images, imageShape);
  const [batch] = batches(
    { name: 'images', split: 'all', size, imageShape, images },
    { batchSize: size, normalise },
  );
  return batch!.images;
}

function blackenCorners(
  images: Uint8Array,
  [height, width, channels]: readonly [number, number, number],
): void {
  const kept = circleMask([height, width]);
  for (let at = 0; at < images.length; at += 1) {
    if (kept[Math.floor(at / channels) % kept.length] === 0) images[at] = 0;
  }
}
