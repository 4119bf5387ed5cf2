import type { ImageShape } from '../check-image-shape.js';

/** @throws {RangeError} If images have no pixels or other channels than the network was made for. */
export function checkImageChannels(shape: ImageShape, imageChannels: number): void {
  const [height, width, channels] = shape;
  if (channels !== imageChannels || height < 1 || width < 1) {
    throw new RangeError(
      `images are [${shape.join()}]; this network takes images of any size with ${imageChannels} channels (imageChannels).`,
    );
  }
}
