import { type Dataset, imageBytes } from '../src/dataset.js';
import type { StreamedDataset } from '../src/streamed-dataset.js';

/** Images whose bytes all differ within an image (up to 256), so that a place tells where it came from. */
export function numberedDataset(size: number, imageShape: Dataset['imageShape'], classes = size): Dataset {
  const bytes = imageBytes(imageShape);
  return {
    name: 'numbered',
    split: 'train',
    size,
    imageShape,
    images: Uint8Array.from(
      { length: size * bytes },
      (_, at) => ((at % bytes) + 3 * Math.floor(at / bytes)) % 256,
    ),
    labels: Int32Array.from({ length: size }, (_, index) => index % classes),
    classNames: Array.from({ length: classes }, (_, label) => `class ${label}`),
    values: Float32Array.from({ length: size }, (_, index) => index / 4),
  };
}

/** The same images behind reads that take their time, the later ones often less; `reads` tells of them. */
export function streamed(dataset: Dataset): StreamedDataset & {
  readonly reads: { readonly indices: readonly number[]; aborted: boolean; done: boolean }[];
  isClosed: () => boolean;
} {
  const { images, ...metadata } = dataset;
  const bytes = imageBytes(dataset.imageShape);
  const reads: { readonly indices: readonly number[]; aborted: boolean; done: boolean }[] = [];
  let closed = false;
  return {
    ...metadata,
    reads,
    read: (indices, { signal } = {}) => {
      const told = { indices: [...Array.from(indices)], aborted: false, done: false };
      reads.push(told);
      return new Promise((resolve, reject) => {
        const stop = () => {
          clearTimeout(timer);
          told.aborted = true;
          reject(signal!.reason as Error);
        };
        const timer = setTimeout(
          () => {
            const result = new Uint8Array(indices.length * bytes);
            for (let row = 0; row < indices.length; row += 1) {
              const from = indices[row]! * bytes;
              result.set(images.subarray(from, from + bytes), row * bytes);
            }
            told.done = true;
            signal?.removeEventListener('abort', stop);
            resolve(result);
          },
          (reads.length * 7) % 5,
        );
        signal?.addEventListener('abort', stop);
      });
    },
    close: () => {
      closed = true;
      return Promise.resolve();
    },
    isClosed: () => closed,
  };
}
