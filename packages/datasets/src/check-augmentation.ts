import type { Augmentation, Extent, RandomResizedCrop } from './augmentation.js';

/** Refuses, in one sentence each, what no image of this size can be put through. */
export function checkAugmentation(augmentation: Augmentation, [height, width]: Extent): void {
  const { rotation = 0, randomResizedCrop, padAndCrop = 0, cutout = 0 } = augmentation;
  if (!(rotation >= 0 && rotation <= 180)) {
    throw new RangeError(`augment.rotation is ${rotation}; it must be a number of degrees from 0 to 180.`);
  }
  const most = Math.min(height, width) - 1;
  if (!Number.isInteger(padAndCrop) || padAndCrop < 0 || padAndCrop > most) {
    throw new RangeError(
      `augment.padAndCrop is ${padAndCrop}; it must be a whole number of pixels from 0 to ${most} for images of ${height} x ${width}.`,
    );
  }
  const widest = 2 * Math.max(height, width);
  if (!Number.isInteger(cutout) || cutout < 0 || cutout > widest) {
    throw new RangeError(
      `augment.cutout is ${cutout}; it must be a whole number of pixels from 0 to ${widest} for images of ${height} x ${width}.`,
    );
  }
  if (randomResizedCrop) checkCrop(randomResizedCrop, padAndCrop);
}

function checkCrop({ area, aspectRatio }: RandomResizedCrop, padAndCrop: number): void {
  if (padAndCrop > 0) {
    throw new RangeError('augment has padAndCrop and randomResizedCrop; both crop, so give one of them.');
  }
  const ranges = [
    ['area', area ?? [1, 1], 'above 0 and at most 1', 1],
    ['aspectRatio', aspectRatio ?? [1, 1], 'above 0', Number.MAX_VALUE],
  ] as const;
  for (const [name, [low, high], allowed, most] of ranges) {
    if (!(low > 0 && low <= high && high <= most)) {
      throw new RangeError(
        `augment.randomResizedCrop.${name} is [${low}, ${high}]; it must be two numbers ${allowed}, the smaller one first.`,
      );
    }
  }
}
