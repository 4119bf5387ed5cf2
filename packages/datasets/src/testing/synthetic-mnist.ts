import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import type { DatasetFile } from '../dataset-file.js';

/** Which files `syntheticMnist` makes. */
export interface SyntheticMnistOptions {
  /** The number of images in each split. Default 20. */
  readonly imagesPerSplit?: number;
  /** Default 0. */
  readonly seed?: number;
}

/**
 * The four files of MNIST's layout, small, with images that a network can learn: each class has a bright bar at its own height, under
 * noise; classes take turns. For tests that need files but not the real ones.
 *
 * @example
 * for (const { name, bytes } of syntheticMnist()) await writeFile(join(folder, name), bytes);
 */
export function syntheticMnist({
  imagesPerSplit = 20,
  seed = 0,
}: SyntheticMnistOptions = {}): readonly DatasetFile[] {
  const random = xoroshiro128plus(seed);
  return ['train', 't10k'].flatMap((split) => {
    const images = new Uint8Array(imagesPerSplit * 784);
    const labels = Uint8Array.from({ length: imagesPerSplit }, (_, image) => image % 10);
    for (let at = 0; at < images.length; at += 1) {
      const row = Math.floor((at % 784) / 28);
      const bar = Math.floor((row - 4) / 2) === labels[Math.floor(at / 784)]! ? 192 : 0;
      images[at] = bar + (random.next() & 63);
    }
    return [
      { name: `${split}-images-idx3-ubyte`, bytes: idxFile([imagesPerSplit, 28, 28], images) },
      { name: `${split}-labels-idx1-ubyte`, bytes: idxFile([imagesPerSplit], labels) },
    ];
  });
}

function idxFile(shape: readonly number[], values: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(4 + 4 * shape.length + values.length);
  bytes.set([0, 0, 8, shape.length]);
  const view = new DataView(bytes.buffer);
  for (const [dimension, size] of shape.entries()) view.setUint32(4 + 4 * dimension, size);
  bytes.set(values, 4 + 4 * shape.length);
  return bytes;
}
