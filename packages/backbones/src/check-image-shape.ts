import { checkPositiveInteger } from './check-positive-integer.js';

/** The size of one image: `[height, width, channels]`. */
export type ImageShape = readonly [number, number, number];

/** @throws {RangeError} If a side is no whole number of at least 1. */
export function checkImageShape(imageShape: ImageShape): void {
  if ((imageShape as readonly number[]).length !== 3) {
    throw new RangeError(`imageShape is [${imageShape.join()}]; it must be [height, width, channels].`);
  }
  imageShape.forEach((side, axis) => {
    checkPositiveInteger(`imageShape[${axis}]`, side);
  });
}

/** @throws {RangeError} If images have another size than the network was made for. */
export function checkSameImageShape(actual: ImageShape, expected: ImageShape): void {
  if (actual.join() !== expected.join()) {
    throw new RangeError(
      `images are [${actual.join()}]; this network was made for [${expected.join()}] (imageShape).`,
    );
  }
}
