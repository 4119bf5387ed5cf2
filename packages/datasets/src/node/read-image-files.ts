import { createImageDecoder, type ImageFit } from './image-decoder.js';
import { checkImageFileOptions } from './image-file-options.js';

/** What `readImageFiles` makes of each file. */
export interface ReadImageFilesOptions {
  /** `[height, width, channels]` of every image; 1 channel means gray. */
  readonly imageShape: readonly [height: number, width: number, channels: number];
  /** How an image with another ratio of sides is fitted; see `ImageFileOptions.fit`. Default `cover`. */
  readonly fit?: ImageFit;
  /** The number of threads that decode. Default: as of `ImageFileOptions.workers`. */
  readonly workers?: number;
  /** Stops the work: the promise rejects with its reason. */
  readonly signal?: AbortSignal;
}

/**
 * Reads image files exactly as `loadDataset` and `openDataset` read those of a dataset, so that a network predicts from what it was trained on: told by their first bytes, turned upright as EXIF says,
 * the first picture of an animation, color profiles ignored, transparency dropped (the colors under it stay) before the resize by a triangle filter, gray from the resized colors.
 *
 * @param paths - The files.
 * @returns `[files, height, width, channels]`, one byte a channel.
 * @throws {RangeError} When an option is out of range, or a file cannot be decoded: names the file and says why.
 * @throws {Error} When a file needs the package sharp and that is not installed.
 *
 * @example
 * const pixels = await readImageFiles(['owl.jpg'], { imageShape: [224, 224, 3] }); // [1, 224, 224, 3]
 */
export async function readImageFiles(
  paths: readonly string[],
  { imageShape, fit = 'cover', workers, signal }: ReadImageFilesOptions,
): Promise<Uint8Array> {
  const [height, width, channels] = imageShape;
  checkImageFileOptions({ imageSize: [height, width], fit, channels: channels as 1 | 3 });
  const decoder = createImageDecoder(workers === undefined ? {} : { workers });
  try {
    return await decoder.decode(paths, { imageShape, fit, ...(signal && { signal }) });
  } finally {
    await decoder.close();
  }
}
