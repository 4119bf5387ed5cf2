import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import type { RandomGenerator } from 'pure-rand/types/RandomGenerator';

/** Random changes to training images, in the order of the fields. Each image of each epoch gets its own. */
export interface Augmentation {
  /**
   * Turns each image about its centre by an angle from -`rotation` to `rotation` degrees, all equally likely. What comes from
   * outside of the image is zero after normalisation. From 0 to 180. Default 0.
   */
  readonly rotation?: number;
  /** Cuts a random part out and stretches it to the size of the batch's images. Default: none. */
  readonly randomResizedCrop?: RandomResizedCrop;
  /**
   * Surrounds each image by this many pixels, then cuts a window of the image's own size from a random place. The
   * surrounding is zero after normalisation, that is, of the mean colour (He et al. 2016, section 4.2, who pad with 4).
   * Default 0: no crop.
   */
  readonly padAndCrop?: number;
  /** Mirrors half of the images left to right. Default false. */
  readonly horizontalFlip?: boolean;
  /**
   * Covers a square of this many pixels a side with zeros after normalisation. Its centre is any pixel, so that part of it may lie
   * outside (DeVries and Taylor 2017, who take 16 for CIFAR-10 and 8 for CIFAR-100). Default 0.
   */
  readonly cutout?: number;
}

/** Which parts of an image a random resized crop takes (Szegedy et al. 2015, section 6). */
export interface RandomResizedCrop {
  /** The smallest and largest share of the image's area, above 0 and at most 1. Default [0.08, 1]. */
  readonly area?: readonly [smallest: number, largest: number];
  /** The smallest and largest width / height, above 0; its logarithm is uniform. Default [3 / 4, 4 / 3]. */
  readonly aspectRatio?: readonly [smallest: number, largest: number];
}

/** What one image's draw decided. */
export interface ImageChange {
  /** Counter-clockwise, in radians. */
  angle: number;
  /** The part of the (rotated) source that is shown, in source pixels. */
  cropTop: number;
  cropLeft: number;
  cropHeight: number;
  cropWidth: number;
  /** Output pixel (y, x) shows pixel (y + rowShift, x + columnShift) of that part, and is then mirrored. */
  rowShift: number;
  columnShift: number;
  flip: boolean;
  /** The pixel at the centre of the square that is covered. */
  cutoutRow: number;
  cutoutColumn: number;
}

/** Height and width, in pixels. */
export type Extent = readonly [height: number, width: number];

/** No change: the whole image. */
export function unchanged([height, width]: Extent): ImageChange {
  return {
    angle: 0,
    cropTop: 0,
    cropLeft: 0,
    cropHeight: height,
    cropWidth: width,
    rowShift: 0,
    columnShift: 0,
    flip: false,
    cutoutRow: 0,
    cutoutColumn: 0,
  };
}

/**
 * Draws one image's change into `change`, which came from `unchanged`. What the augmentation does not ask for draws nothing, so that
 * adding a later field leaves the numbers of runs without it as they were.
 */
export function drawChange(
  { rotation = 0, randomResizedCrop, padAndCrop = 0, horizontalFlip = false, cutout = 0 }: Augmentation,
  random: RandomGenerator,
  source: Extent,
  output: Extent,
  change: ImageChange,
): void {
  if (rotation > 0) change.angle = (((uniformFloat64(random) * 2 - 1) * rotation) / 180) * Math.PI;
  if (randomResizedCrop) drawCrop(randomResizedCrop, random, source, change);
  if (padAndCrop > 0) {
    change.rowShift = uniformInt(random, -padAndCrop, padAndCrop);
    change.columnShift = uniformInt(random, -padAndCrop, padAndCrop);
  }
  if (horizontalFlip) change.flip = uniformInt(random, 0, 1) === 1;
  if (cutout > 0) {
    change.cutoutRow = uniformInt(random, 0, output[0] - 1);
    change.cutoutColumn = uniformInt(random, 0, output[1] - 1);
  }
}

function drawCrop(
  {
    area: [smallest, largest] = [0.08, 1],
    aspectRatio: [narrowest, widest] = [3 / 4, 4 / 3],
  }: RandomResizedCrop,
  random: RandomGenerator,
  [height, width]: Extent,
  change: ImageChange,
): void {
  for (let attempt = 0; attempt < 10; attempt += 1) {
    const area = height * width * (smallest + (largest - smallest) * uniformFloat64(random));
    const ratio = narrowest * (widest / narrowest) ** uniformFloat64(random);
    change.cropHeight = Math.sqrt(area / ratio);
    change.cropWidth = Math.sqrt(area * ratio);
    if (change.cropHeight <= height && change.cropWidth <= width) {
      change.cropTop = (height - change.cropHeight) * uniformFloat64(random);
      change.cropLeft = (width - change.cropWidth) * uniformFloat64(random);
      return;
    }
  }
  // No part of such a shape fits easily: the largest one in the middle.
  const ratio = Math.min(Math.max(width / height, narrowest), widest);
  change.cropHeight = Math.min(height, width / ratio);
  change.cropWidth = Math.min(width, height * ratio);
  change.cropTop = (height - change.cropHeight) / 2;
  change.cropLeft = (width - change.cropWidth) / 2;
}
