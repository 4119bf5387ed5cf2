/** One split of a set of images, decoded, in memory. Arrays are shared, not copied: treat them as read-only. */
export interface Dataset {
  /** The name that `loadDataset` knows it by, such as `cifar10`. */
  readonly name: string;
  /** Such as `train` or `test`. */
  readonly split: string;
  /** The number of images. */
  readonly size: number;
  /** `[height, width, channels]`. */
  readonly imageShape: readonly [height: number, width: number, channels: number];
  /** `[size, height, width, channels]`, row-major, one byte a channel. */
  readonly images: Uint8Array;
  /** `[size]`: each image's class, from 0. */
  readonly labels?: Int32Array;
  /** `[size]`: each image's value, for regression. */
  readonly values?: Float32Array;
  /** What the labels mean, in their order. */
  readonly classNames?: readonly string[];
}

/** The number of bytes of one image. */
export function imageBytes(imageShape: Dataset['imageShape']): number {
  return imageShape[0] * imageShape[1] * imageShape[2];
}
