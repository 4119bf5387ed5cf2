import { uniformInt } from 'pure-rand/distribution/uniformInt';
import type { RandomGenerator } from 'pure-rand/types/RandomGenerator';

/** Random changes to training images, in the order of the fields. Each image of each epoch gets its own. */
export interface Augmentation {
  /**
   * Surrounds each image by this many pixels, then cuts a window of the image's own size from a random place. The
   * surrounding is zero after normalisation, that is, of the mean colour (He et al. 2016, section 4.2, who pad with 4).
   * Default 0: no crop.
   */
  readonly padAndCrop?: number;
  /** Mirrors half of the images left to right. Default false. */
  readonly horizontalFlip?: boolean;
}

/** What one image's draw decided: output pixel (y, x) shows source pixel (y + rowShift, x + columnShift), then mirrored. */
export interface ImageChange {
  rowShift: number;
  columnShift: number;
  flip: boolean;
}

/** Draws one image's change. */
export function drawChange(
  { padAndCrop = 0, horizontalFlip = false }: Augmentation,
  random: RandomGenerator,
): ImageChange {
  return {
    rowShift: padAndCrop > 0 ? uniformInt(random, -padAndCrop, padAndCrop) : 0,
    columnShift: padAndCrop > 0 ? uniformInt(random, -padAndCrop, padAndCrop) : 0,
    flip: horizontalFlip && uniformInt(random, 0, 1) === 1,
  };
}

/** Refuses padding that is negative, broken, or wider than the image. */
export function checkAugmentation(
  { padAndCrop = 0 }: Augmentation,
  [height, width]: readonly [number, number, number],
): void {
  const most = Math.min(height, width) - 1;
  if (!Number.isInteger(padAndCrop) || padAndCrop < 0 || padAndCrop > most) {
    throw new RangeError(
      `augment.padAndCrop is ${padAndCrop}; it must be a whole number of pixels from 0 to ${most} for images of ${height} x ${width}.`,
    );
  }
}
