import { type Dataset, imageBytes } from './dataset.js';
import type { StreamedDataset } from './streamed-dataset.js';

/** Writes what image `index` becomes, `[height, width, channels]` bytes, into `changed`. The image is not to be written into. */
export type ImageMap = (image: Uint8Array, changed: Uint8Array, index: number) => void;

/** The same dataset with every image changed: at once in memory, or whenever a streamed dataset is read. */
export function mapImages<D extends Dataset | StreamedDataset>(dataset: D, map: ImageMap): D {
  const bytes = imageBytes(dataset.imageShape);
  const mapAll = (images: Uint8Array, indices: ArrayLike<number>): Uint8Array => {
    const changed = new Uint8Array(images.length);
    for (let row = 0; row < indices.length; row += 1) {
      const [from, to] = [row * bytes, (row + 1) * bytes];
      map(images.subarray(from, to), changed.subarray(from, to), indices[row]!);
    }
    return changed;
  };
  if ('images' in dataset) {
    const all = Int32Array.from({ length: dataset.size }, (_, index) => index);
    return { ...dataset, images: mapAll(dataset.images, all) };
  }
  const streamed: StreamedDataset = dataset;
  return {
    ...dataset,
    read: async (indices, options) => mapAll(await streamed.read(indices, options), indices),
    close: () => streamed.close(),
  };
}
