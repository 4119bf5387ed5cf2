import type { Readable } from 'node:stream';
import type { DatasetCard } from '../dataset-card.js';
import type { Dataset } from '../dataset.js';
import type { DatasetFile } from '../dataset-file.js';
import type { DownloadSource } from './download-source.js';

/** A file of the official layout, as it is kept in the cache. */
export interface FileDefinition {
  readonly name: string;
  readonly bytes: number;
  /** Of the whole file, in hexadecimal. */
  readonly sha256: string;
  /** What a user's copy may be called too, the first that is there counts; with `.gz` at the end it is unpacked. */
  readonly otherNames?: readonly string[];
}

/** Takes from a downloaded file what is wanted of it, by name. */
export type ReadDownload = (
  file: Readable,
  name: string,
  signal?: AbortSignal,
) => Promise<ReadonlyMap<string, Uint8Array>>;

/** One file that is downloaded. */
export interface DownloadDefinition extends DownloadSource {
  readonly read: ReadDownload;
}

/** A place that a dataset can be fetched from, whole. */
export interface SourceDefinition {
  readonly title: string;
  /** Where it is, for people. */
  readonly location: string;
  readonly downloads: readonly DownloadDefinition[];
  /** Makes files of the official layout from what was read, one by one. */
  readonly convert: (entries: ReadonlyMap<string, Uint8Array>) => Iterable<DatasetFile>;
}

/** The decoded arrays of one split, with every kind of label. */
export interface DecodedSplit {
  readonly images: Uint8Array;
  readonly labels: Readonly<Record<string, Int32Array>>;
}

/** How the files of a dataset that fits into memory are found, fetched and decoded. */
export interface DatasetDefinition {
  readonly card: DatasetCard;
  /** The folders that its makers or PyTorch put the files into, as a user may have them. */
  readonly folders: readonly string[];
  /** The archive that its makers publish, with the files in the first of these folders. */
  readonly archive?: string;
  readonly splits: Readonly<Record<string, readonly FileDefinition[]>>;
  readonly sources: readonly SourceDefinition[];
  readonly decode: (files: readonly DatasetFile[]) => DecodedSplit;
  /** The dataset whose files these are, where this one is made of another. */
  readonly madeOf?: DatasetDefinition;
  /** Makes this dataset of a split of that one. */
  readonly make?: (dataset: Dataset) => Dataset;
}

/** `convert` for a download that holds the official files themselves. */
export function* asTheyAre(entries: ReadonlyMap<string, Uint8Array>): Iterable<DatasetFile> {
  for (const [name, bytes] of entries) yield { name, bytes };
}

/** A sum as makers publish it, in hexadecimal, as Subresource Integrity. The files are checked by SHA-256 besides. */
export function md5Integrity(hex: string): string {
  return `md5-${Buffer.from(hex, 'hex').toString('base64')}`;
}

/** How long makers' own servers are waited for, before the next source is tried. */
export const briefly = { patienceSeconds: 10, retries: 0 } as const;
