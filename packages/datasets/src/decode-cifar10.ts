import { asDatasetFiles } from './as-dataset-file.js';
import type { DatasetFile } from './dataset-file.js';
import { decodeCifarRecords } from './decode-cifar-records.js';

/** The images and labels of CIFAR-10 records. */
export interface Cifar10Records {
  /** `[size, 32, 32, 3]`, one byte a channel. */
  readonly images: Uint8Array;
  /** `[size]`, 0 to 9. */
  readonly labels: Int32Array;
}

/** The label byte of a CIFAR-10 record. */
export const cifar10Labels = [{ kind: 'label', classes: 10 }] as const;

/**
 * Decodes CIFAR-10's binary layout: records of 3073 bytes, `<label><1024 red><1024 green><1024 blue>`, rows first.
 *
 * @param input - One file's bytes (a `Uint8Array` of any realm, or an `ArrayBuffer`), or several files with the names that errors shall call them by, joined in their order.
 * @throws {RangeError} When a file is not a whole number of records (says at which byte), or a label is above 9 (says in which record).
 * @see https://www.cs.toronto.edu/~kriz/cifar.html
 *
 * @example
 * const bytes = new Uint8Array(await (await fetch('/test_batch.bin')).arrayBuffer());
 * const { images, labels } = decodeCifar10(bytes); // images: [10000, 32, 32, 3]
 */
export function decodeCifar10(input: Uint8Array | ArrayBuffer | readonly DatasetFile[]): Cifar10Records {
  const files = asDatasetFiles(input, 'the CIFAR-10 file');
  const { images, labels } = decodeCifarRecords(files, cifar10Labels);
  return { images, labels: labels[0]! };
}
