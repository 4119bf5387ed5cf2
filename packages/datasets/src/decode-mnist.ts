import { asDatasetFile } from './as-dataset-file.js';
import type { DatasetFile } from './dataset-file.js';
import { decodeIdx } from './decode-idx.js';

/** The images and labels of a pair of files of MNIST or of a set in its layout. */
export interface MnistRecords {
  /** `[size, height, width, 1]`, one byte a pixel: 0 is the background. A view of the file's own memory. */
  readonly images: Uint8Array;
  /** `[height, width, 1]`: 28 x 28 for MNIST and Fashion-MNIST. */
  readonly imageShape: readonly [height: number, width: number, channels: 1];
  /** `[size]`, 0 to 9. */
  readonly labels: Int32Array;
}

/** The two files of one split. */
export interface MnistFiles {
  /** Such as `train-images-idx3-ubyte`, unpacked. */
  readonly images: Uint8Array | ArrayBuffer | DatasetFile;
  /** Such as `train-labels-idx1-ubyte`, unpacked. */
  readonly labels: Uint8Array | ArrayBuffer | DatasetFile;
}

const classes = 10;

/**
 * Decodes one split of MNIST, Fashion-MNIST or another set of ten classes in the same layout: an IDX file of images
 * `[size, height, width]` and one of labels `[size]`.
 *
 * @throws {RangeError} When a file is no such IDX file (says why and where), the two have different sizes, or a label is above 9.
 *
 * @example
 * const { images, labels } = decodeMnist({ images: imageBytes, labels: labelBytes }); // images: [60000, 28, 28, 1]
 */
export function decodeMnist(files: MnistFiles): MnistRecords {
  const imageFile = asDatasetFile(files.images, 'the IDX file of images');
  const labelFile = asDatasetFile(files.labels, 'the IDX file of labels');
  const { shape, values: images } = decodeIdx(imageFile);
  const { shape: labelShape, values: labelBytes } = decodeIdx(labelFile);
  const [size, height, width] = shape;
  if (shape.length !== 3 || shape.includes(0)) {
    throw new RangeError(
      `${imageFile.name} has values of shape [${shape.join()}]; images have three dimensions, [size, height, width].`,
    );
  }
  if (labelShape.length !== 1) {
    throw new RangeError(
      `${labelFile.name} has values of shape [${labelShape.join()}]; labels have one dimension.`,
    );
  }
  if (labelShape[0] !== size) {
    throw new RangeError(
      `${labelFile.name} has ${labelShape[0]} labels, ${imageFile.name} has ${size} images; they do not belong together.`,
    );
  }
  const wrong = labelBytes.findIndex((label) => label >= classes);
  if (wrong >= 0) {
    throw new RangeError(
      `${labelFile.name}: the label of image ${wrong} (byte ${8 + wrong}) is ${labelBytes[wrong]}; it must be 0 to ${classes - 1}.`,
    );
  }
  return { images, imageShape: [height!, width!, 1], labels: Int32Array.from(labelBytes) };
}
