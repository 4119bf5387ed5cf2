import type { DatasetMetadata } from '../../dataset.js';
import type { OnDatasetProgress } from '../progress.js';

/** What a layout of files says about one split: where each image is, and what is known about it. */
export interface ImageTable extends Pick<
  DatasetMetadata,
  'labels' | 'classNames' | 'values' | 'valueName' | 'valueUnit' | 'valueBounds'
> {
  /** What the paths begin with. */
  readonly root: string;
  /** Each image's file, relative to `root`. */
  readonly paths: readonly string[];
}

/** Which part of a layout is wanted. */
export interface TableRequest {
  readonly folder: string;
  /** Absent: `train`, or where a layout has no splits, everything. */
  readonly split?: string;
  /** The kind of labels, or the column that has them. */
  readonly labels?: string;
  /** The column that has the values. */
  readonly values?: string;
  readonly valueBounds?: readonly [lowest: number, highest: number];
  /** The column that has the images' paths. */
  readonly images?: string;
  /** The classes, where the files of this split alone do not tell. */
  readonly classNames?: readonly string[];
  /** Whether rows of a table that lack something are left out; otherwise they are refused. */
  readonly skipIncomplete?: boolean;
  /** Called with what was left out. */
  readonly onProgress?: OnDatasetProgress;
  readonly signal?: AbortSignal;
}

/** A table and the name of the split that it is of. */
export interface SplitTable {
  readonly split: string;
  readonly table: ImageTable;
}

/** Finds the images of a split in a folder. */
export type ReadTable = (request: TableRequest) => Promise<SplitTable>;

/** Labels by the position of each name in `classNames`. */
export function labelsOf(names: readonly string[], classNames: readonly string[]): Int32Array {
  const positions = new Map(classNames.map((name, position) => [name, position]));
  return Int32Array.from(names, (name) => positions.get(name)!);
}
