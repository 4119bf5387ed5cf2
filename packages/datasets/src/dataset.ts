/** What is known of one split of a set of images beside its pixels. Arrays are shared, not copied: treat them as read-only. */
export interface DatasetMetadata {
  /** The name that `loadDataset` knows it by, such as `cifar10`. */
  readonly name: string;
  /** Such as `train` or `test`. */
  readonly split: string;
  /** The number of images. */
  readonly size: number;
  /** `[height, width, channels]`. */
  readonly imageShape: readonly [height: number, width: number, channels: number];
  /** `[size]`: each image's class, from 0. */
  readonly labels?: Int32Array;
  /** What the labels mean, in their order. */
  readonly classNames?: readonly string[];
  /** `[size]`: each image's value, for regression. There may be labels and values at once, for joint tasks. */
  readonly values?: Float32Array;
  /** What the values are, such as `creation year`. */
  readonly valueName?: string;
  /** What the values are counted in, such as `years` or `degrees`. */
  readonly valueUnit?: string;
  /** The range of values that the task allows, which may be wider than what this split holds. */
  readonly valueBounds?: readonly [lowest: number, highest: number];
}

/** One split of a set of images, decoded, in memory. Arrays are shared, not copied: treat them as read-only. */
export interface Dataset extends DatasetMetadata {
  /** `[size, height, width, channels]`, row-major, one byte a channel. */
  readonly images: Uint8Array;
}

/** The number of bytes of one image. */
export function imageBytes(imageShape: DatasetMetadata['imageShape']): number {
  return imageShape[0] * imageShape[1] * imageShape[2];
}
