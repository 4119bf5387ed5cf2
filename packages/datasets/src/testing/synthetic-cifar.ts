import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import type { DatasetFile } from '../dataset-file.js';

/** Which files `syntheticCifar` makes. */
export interface SyntheticCifarOptions {
  /** The number of images in each file. Default 20. */
  readonly imagesPerFile?: number;
  /** Default 0. */
  readonly seed?: number;
}

const layouts = {
  cifar10: {
    files: [1, 2, 3, 4, 5].map((number) => `data_batch_${number}.bin`).concat('test_batch.bin'),
    labelsOf: (image: number) => [image % 10],
  },
  cifar100: {
    files: ['train.bin', 'test.bin'],
    labelsOf: (image: number) => [Math.floor((image % 100) / 5), image % 100],
  },
};

/**
 * Small files in the binary layout of CIFAR-10 or CIFAR-100 that a network can learn: each class has its own colours and stripes, under
 * noise; classes take turns. For tests that need files but not the real ones.
 *
 * @example
 * for (const { name, bytes } of syntheticCifar('cifar10')) await writeFile(join(folder, name), bytes);
 */
export function syntheticCifar(
  name: 'cifar10' | 'cifar100',
  { imagesPerFile = 20, seed = 0 }: SyntheticCifarOptions = {},
): readonly DatasetFile[] {
  const random = xoroshiro128plus(seed);
  const noise = (): number => (random.next() & 63) - 32;
  const { files, labelsOf } = layouts[name];
  return files.map((file) => {
    const labelBytes = labelsOf(0).length;
    const recordBytes = labelBytes + 3072;
    const bytes = new Uint8Array(imagesPerFile * recordBytes);
    for (let image = 0; image < imagesPerFile; image += 1) {
      const labels = labelsOf(image);
      bytes.set(labels, image * recordBytes);
      const label = labels[labelBytes - 1]!;
      for (let at = 0; at < 3072; at += 1) {
        const [channel, row, column] = [at >> 10, (at >> 5) & 31, at & 31];
        const colour = 64 + ((label * (channel * 2 + 3) * 29) % 128);
        const stripe = (label % 2 === 0 ? row : column) % (2 + (label % 7)) === 0 ? 32 : 0;
        bytes[image * recordBytes + labelBytes + at] = colour + stripe + noise();
      }
    }
    return { name: file, bytes };
  });
}
