import { createHash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import type { SplitChecksums } from '../dataset-card.js';
import { imageBytes } from '../dataset.js';
import { datasetFolder } from './cache-folder.js';
import type { DatasetDefinition, DecodedSplit } from './dataset-definition.js';
import { datasetDefinition } from './definitions.js';
import { readUserFiles } from './read-user-files.js';
import { sha256 } from './sha256.js';

/** What `verifyDataset` looks at. */
export interface VerifyDatasetOptions {
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
  /** Whether these are the official images, each with its official labels, and no others; in any order. */
  readonly verified: boolean;
  /** Whether they are in the official order too; absent when that is not known byte for byte. */
  readonly officialOrder?: boolean;
}

/** What `verifyDataset` found out. */
export interface DatasetVerification {
  readonly name: string;
  readonly folder: string;
  /** Whether all splits are. */
  readonly verified: boolean;
  readonly splits: readonly SplitVerification[];
}

/**
 * Decodes a dataset from files that are there, recomputes the sums of the decoded images and labels, and compares them with the
 * dataset's card. Downloads, changes and removes nothing.
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
  return verifyFiles(datasetDefinition(name), options);
}

/** `verifyDataset` for a definition of one's own. */
export async function verifyFiles(
  definition: DatasetDefinition,
  options: VerifyDatasetOptions,
): Promise<DatasetVerification> {
  const { card } = definition;
  const folder = options.folder ?? datasetFolder(card.name, options.cacheFolder);
  const splits: SplitVerification[] = [];
  for (const [split, { checksums: right }] of Object.entries(card.splits)) {
    const decoded = definition.decode(await readUserFiles(definition, split, folder, options.signal));
    const checksums = await decodedChecksums(decoded, imageBytes(card.imageShape), options.signal);
    splits.push({
      split,
      size: decoded.images.length / imageBytes(card.imageShape),
      checksums,
      verified: checksums.examples === right.examples,
      ...(right.images !== undefined && {
        officialOrder: checksums.images === right.images && checksums.labels === right.labels,
      }),
    });
  }
  return { name: card.name, folder, verified: splits.every(({ verified }) => verified), splits };
}

/** The sums that a card keeps, of decoded arrays. `labels` is of the first kind of labels. */
export async function decodedChecksums(
  { images, labels }: DecodedSplit,
  bytes: number,
  signal?: AbortSignal,
): Promise<Required<SplitChecksums>> {
  const columns = Object.values(labels).map(littleEndianBytes);
  const digests: Buffer[] = [];
  for (let image = 0; image < images.length / bytes; image += 1) {
    if (image % 5000 === 0) {
      await setImmediate();
      signal?.throwIfAborted();
    }
    const hash = createHash('sha256');
    for (const column of columns) hash.update(column.subarray(image * 4, image * 4 + 4));
    digests.push(hash.update(images.subarray(image * bytes, (image + 1) * bytes)).digest());
  }
  digests.sort((left, right) => Buffer.compare(left, right));
  return {
    images: sha256(images),
    labels: sha256(columns[0]!),
    examples: sha256(Buffer.concat(digests)),
  };
}

function littleEndianBytes(values: Int32Array): Buffer {
  const bytes = Buffer.alloc(values.length * 4);
  for (const [index, value] of values.entries()) bytes.writeInt32LE(value, index * 4);
  return bytes;
}
