import { asDatasetFiles } from './as-dataset-file.js';
import type { DatasetFile } from './dataset-file.js';
import { decodeCifarRecords } from './decode-cifar-records.js';

/** The images and both kinds of labels of CIFAR-100 records. */
export interface Cifar100Records {
  /** `[size, 32, 32, 3]`, one byte a channel. */
  readonly images: Uint8Array;
  /** `[size]`, 0 to 99: the class. */
  readonly fineLabels: Int32Array;
  /** `[size]`, 0 to 19: the superclass. */
  readonly coarseLabels: Int32Array;
}

/** The label bytes of a CIFAR-100 record. */
export const cifar100Labels = [
  { kind: 'coarse label', classes: 20 },
  { kind: 'fine label', classes: 100 },
] as const;

/**
 * Decodes CIFAR-100's binary layout: records of 3074 bytes,
 * `<coarse label><fine label><1024 red><1024 green><1024 blue>`, rows first.
 *
 * @param input - One file's bytes (a `Uint8Array` of any realm, or an `ArrayBuffer`), or several files with the names that errors shall call them by, joined in their order.
 * @throws {RangeError} When a file is not a whole number of records (says at which byte), or a label is too large (says in which record).
 * @see https://www.cs.toronto.edu/~kriz/cifar.html
 *
 * @example
 * const bytes = new Uint8Array(await (await fetch('/test.bin')).arrayBuffer());
 * const { images, fineLabels, coarseLabels } = decodeCifar100(bytes); // images: [10000, 32, 32, 3]
 */
export function decodeCifar100(input: Uint8Array | ArrayBuffer | readonly DatasetFile[]): Cifar100Records {
  const files = asDatasetFiles(input, 'the CIFAR-100 file');
  const { images, labels } = decodeCifarRecords(files, cifar100Labels);
  return { images, coarseLabels: labels[0]!, fineLabels: labels[1]! };
}
