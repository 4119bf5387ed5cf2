import { existsSync } from 'node:fs';
import type { ChannelStatistics } from '@hyperspherical/datasets';
import { UserError } from '../user-error.js';

/**
 * Reads image files (PNG, JPEG, WebP, ...) as a network wants them: scaled to cover the size and cut in the middle, turned upright, on black where
 * they are transparent, normalised.
 *
 * @param imageShape - `[height, width, channels]`; 1 channel means grey.
 * @returns `[files, height, width, channels]`, row-major.
 * @throws UserError that names the file that is missing or no image.
 */
export async function readImages(
  paths: readonly string[],
  imageShape: readonly [number, number, number],
  { mean, standardDeviation }: ChannelStatistics,
): Promise<Float32Array> {
  const { default: sharp } = await import('sharp');
  const [height, width, channels] = imageShape;
  const size = height * width * channels;
  const images = new Float32Array(paths.length * size);
  for (const [index, path] of paths.entries()) {
    if (!existsSync(path)) throw new UserError(`There is no image ${path}.`);
    let bytes: Uint8Array;
    try {
      const upright = sharp(path, { failOn: 'error' }).rotate().flatten({ background: '#000000' });
      const sized = upright.resize(width, height, { fit: 'cover' });
      bytes = await (channels === 1 ? sized.toColourspace('b-w') : sized.toColourspace('srgb'))
        .raw()
        .toBuffer();
    } catch (cause) {
      throw new UserError(`${path} is no image that can be read: ${(cause as Error).message}.`, { cause });
    }
    if (bytes.length !== size)
      throw new UserError(
        `${path} has ${bytes.length / (height * width)} channels, and the model wants ${channels}.`,
      );
    for (const [at, byte] of bytes.entries()) {
      const channel = at % channels;
      images[index * size + at] = (byte / 255 - mean[channel]!) / standardDeviation[channel]!;
    }
  }
  return images;
}
