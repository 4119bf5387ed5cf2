import { unchanged } from './augmentation.js';
import { circleMask } from './circle-mask.js';
import { type Dataset, imageBytes } from './dataset.js';
import { type DrawnValues, drawValues } from './draw-values.js';
import { mapImages } from './map-images.js';
import type { StreamedDataset } from './streamed-dataset.js';
import { writeResampledImage } from './write-resampled-image.js';

/** How `rotatedDataset` turns images. */
export interface RotatedDatasetOptions extends DrawnValues {
  /** The angles in degrees, counter-clockwise, from -360 to 360. The paper's rotated MNIST has [0, 180]. */
  readonly range: readonly [lowest: number, highest: number];
  /**
   * What stays: `circle` keeps the largest circle of whole pixels and blackens the rest, so that nothing but the picture tells the angle
   * (the black corners of a turned square would); `none` keeps all, for pictures on black such as MNIST. Default `circle`.
   */
  readonly mask?: 'circle' | 'none';
}

/**
 * Every image turned about its centre by an angle of its own, which becomes its value: a regression whose answers are known exactly. Labels
 * stay, for joint tasks. Bilinear interpolation; what comes from outside of an image is black.
 *
 * The paper's rotated MNIST (Mettes et al. 2019, section 4.3) is the digits 2, 3, 4, 5 and 7, turned by 0 to 180 degrees.
 *
 * @param dataset - In memory, or streamed: then images are turned when they are read.
 * @throws {RangeError} When the range, the seed or the mask is none of the allowed.
 *
 * @example
 * rotatedDataset(chooseClasses(mnist, [2, 3, 4, 5, 7]), { range: [0, 180], seed: 0, mask: 'none' });
 */
export function rotatedDataset<D extends Dataset | StreamedDataset>(
  dataset: D,
  { range, seed, mask = 'circle' }: RotatedDatasetOptions,
): D {
  if (!['circle', 'none'].includes(mask)) {
    throw new RangeError(`mask is "${mask}"; it must be "circle" or "none".`);
  }
  if (range[1] - range[0] > 360) {
    throw new RangeError(
      `range is [${range[0]}, ${range[1]}]; more than 360 degrees apart, two angles look the same.`,
    );
  }
  const turned = drawValues(dataset, { range, seed }, [-360, 360], 'rotation', 'degrees');
  const { imageShape } = dataset;
  const [height, width, channels] = imageShape;
  const change = unchanged([height, width]);
  const bytes = Float32Array.from({ length: channels * 256 }, (_, at) => at % 256);
  const interpolated = new Float32Array(imageBytes(imageShape));
  const kept = mask === 'circle' ? circleMask([height, width]) : undefined;
  const map = (image: Uint8Array, changed: Uint8Array, index: number): void => {
    change.angle = (turned.values[index]! / 180) * Math.PI;
    writeResampledImage(image, imageShape, 0, change, [height, width], bytes, interpolated, 0);
    for (let at = 0, pixel = 0; pixel < height * width; pixel += 1) {
      for (let channel = 0; channel < channels; channel += 1, at += 1) {
        changed[at] = kept?.[pixel] === 0 ? 0 : Math.round(interpolated[at]!);
      }
    }
  };
  return { ...mapImages(turned, map), name: `rotated-${dataset.name}` };
}
