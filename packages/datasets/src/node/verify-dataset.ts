import { createHash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import type { DatasetCard, SplitChecksums } from '../dataset-card.js';
import { imageBytes } from '../dataset.js';
import { datasetFolder } from './cache-folder.js';
import type { DatasetDefinition, DecodedSplit } from './dataset-definition.js';
import { datasetDefinition, isLayout } from './definitions.js';
import { type ImageFileOptions, refuseImageFileOptions } from './image-file-options.js';
import type { LayoutDefinition } from './layout-definition.js';
import { openLayout } from './open-dataset.js';
import { readUserFiles } from './read-user-files.js';
import { sha256 } from './sha256.js';

/** What `verifyDataset` looks at. */
export interface VerifyDatasetOptions extends ImageFileOptions {
  /** The kind of labels, as in `loadDataset`; only for datasets of image files, of the others all kinds are verified. */
  readonly labels?: string;
  /** A folder of yours, as in `loadDataset`. Default: the dataset's folder in the cache. */
  readonly folder?: string;
  /** The folder that holds one folder a dataset. Default: see `datasetFolder`. */
  readonly cacheFolder?: string;
  readonly signal?: AbortSignal;
}

/** What `verifyDataset` found out about one split. */
export interface SplitVerification {
  readonly split: string;
  readonly size: number;
  /** The recomputed sums, named as on the card. */
  readonly checksums: Required<SplitChecksums>;
  /**
   * Whether these are the official images, each with its official labels, and no others; in any order. Absent where the card has no sums: then only this is known, that every image
   * could be decoded, and (`sizeIsRight`) whether there are as many as there should be.
   */
  readonly verified?: boolean;
  /** Whether they are in the official order too; absent when that is not known byte for byte. */
  readonly officialOrder?: boolean;
  /** Whether there are as many images as the card says; absent when it does not. */
  readonly sizeIsRight?: boolean;
}

/** What `verifyDataset` found out. */
export interface DatasetVerification {
  readonly name: string;
  readonly folder: string;
  /** Whether all splits are; absent where the card has no sums to compare with. */
  readonly verified?: boolean;
  readonly splits: readonly SplitVerification[];
}

/**
 * Decodes a dataset from files that are there, recomputes the sums of the decoded images and labels, and compares them with the
 * dataset's card. Downloads, changes and removes nothing. Of a dataset that is made of another (`rotated-mnist`), that other one is verified.
 *
 * @throws {RangeError} When there is no such dataset, or a file is not what it should be: says the file and the byte.
 * @throws {Error} When files are missing or cannot be read.
 *
 * @example
 * (await verifyDataset('cifar10')).verified; // true
 */
export async function verifyDataset(
  name: string,
  options: VerifyDatasetOptions = {},
): Promise<DatasetVerification> {
  const definition = datasetDefinition(name);
  if (isLayout(definition)) return verifyLayout(definition, options);
  refuseImageFileOptions(options, definition.card.title);
  return verifyFiles(definition.madeOf ?? definition, options);
}

/** `verifyDataset` for a definition of one's own. */
export async function verifyFiles(
  definition: DatasetDefinition,
  options: VerifyDatasetOptions,
): Promise<DatasetVerification> {
  const { card } = definition;
  const folder = options.folder ?? datasetFolder(card.name, options.cacheFolder);
  const splits: SplitVerification[] = [];
  for (const split of Object.keys(card.splits)) {
    const decoded = definition.decode(await readUserFiles(definition, split, folder, options.signal));
    const checksums = await decodedChecksums(decoded, imageBytes(card.imageShape!), options.signal);
    const size = decoded.images.length / imageBytes(card.imageShape!);
    splits.push(compare(card, split, size, checksums));
  }
  return { name: card.name, folder, ...verdict(splits), splits };
}

async function verifyLayout(
  definition: LayoutDefinition,
  { signal, ...options }: VerifyDatasetOptions,
): Promise<DatasetVerification> {
  const { card } = definition;
  const folder = options.folder ?? datasetFolder(card.name, options.cacheFolder);
  const splits: SplitVerification[] = [];
  for (const split of await definition.splitsOf(folder)) {
    const dataset = await openLayout(definition, { ...options, folder, split, ...(signal && { signal }) });
    try {
      const { size, imageShape, labels } = dataset;
      const sums = checksumsOf(imageBytes(imageShape), labels ? [labels] : []);
      for (let first = 0; first < size; first += blockImages) {
        const indices = Array.from({ length: Math.min(blockImages, size - first) }, (_, at) => first + at);
        sums.add(await dataset.read(indices, signal ? { signal } : {}));
      }
      splits.push(compare(card, split, size, sums.result()));
    } finally {
      await dataset.close();
    }
  }
  return { name: card.name, folder, ...verdict(splits), splits };
}

function compare(
  card: DatasetCard,
  split: string,
  size: number,
  checksums: Required<SplitChecksums>,
): SplitVerification {
  const { checksums: right, size: rightSize } = card.splits[split] ?? {};
  return {
    split,
    size,
    checksums,
    ...(right && { verified: checksums.examples === right.examples }),
    ...(right?.images !== undefined && {
      officialOrder: checksums.images === right.images && checksums.labels === right.labels,
    }),
    ...(rightSize !== undefined && { sizeIsRight: size === rightSize }),
  };
}

function verdict(splits: readonly SplitVerification[]): Pick<DatasetVerification, 'verified'> {
  if (splits.some(({ verified }) => verified === undefined)) return {};
  return { verified: splits.every(({ verified }) => verified === true) };
}

const blockImages = 500;

/** The sums that a card keeps, of decoded arrays. `labels` is of the first kind of labels. */
export async function decodedChecksums(
  { images, labels }: DecodedSplit,
  bytes: number,
  signal?: AbortSignal,
): Promise<Required<SplitChecksums>> {
  const sums = checksumsOf(bytes, Object.values(labels));
  for (let at = 0; at < images.length; at += blockImages * bytes) {
    await setImmediate();
    signal?.throwIfAborted();
    sums.add(images.subarray(at, at + blockImages * bytes));
  }
  return sums.result();
}

/** Takes images block by block, so that they need not be in memory at once. */
function checksumsOf(bytes: number, labels: readonly Int32Array[]) {
  const columns = labels.map(littleEndianBytes);
  const all = createHash('sha256');
  const digests: Buffer[] = [];
  return {
    add: (images: Uint8Array): void => {
      all.update(images);
      for (let at = 0; at < images.length; at += bytes) {
        const image = digests.length;
        const hash = createHash('sha256');
        for (const column of columns) hash.update(column.subarray(image * 4, image * 4 + 4));
        digests.push(hash.update(images.subarray(at, at + bytes)).digest());
      }
    },
    result: (): Required<SplitChecksums> => ({
      images: all.digest('hex'),
      labels: sha256(columns[0] ?? new Uint8Array(0)),
      examples: sha256(Buffer.concat(digests.sort((left, right) => Buffer.compare(left, right)))),
    }),
  };
}

function littleEndianBytes(values: Int32Array): Buffer {
  const bytes = Buffer.alloc(values.length * 4);
  for (const [index, value] of values.entries()) bytes.writeInt32LE(value, index * 4);
  return bytes;
}
