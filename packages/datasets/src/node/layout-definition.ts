import type { DatasetCard } from '../dataset-card.js';
import type { DownloadSource } from './download-source.js';
import type { ReadTable } from './layouts/image-table.js';

/** An archive of a dataset of image files. */
export interface ImageArchive extends DownloadSource {
  readonly title: string;
  /** The folder in the archive that is kept. */
  readonly folder: string;
  /** The most bytes and files that it may unpack to. */
  readonly mostBytes: number;
  readonly mostFiles: number;
}

/** How a dataset of image files is found, fetched and read. */
export interface LayoutDefinition {
  readonly card: DatasetCard;
  readonly readTable: ReadTable;
  /** The splits that a folder has. */
  readonly splitsOf: (folder: string) => Promise<readonly string[]>;
  /** The size that images are brought to when none is asked for; absent: they must all have one size. */
  readonly imageSize?: readonly [height: number, width: number];
  readonly archives: readonly ImageArchive[];
}
