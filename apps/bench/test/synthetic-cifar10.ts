import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { syntheticCifar } from '@hyperspherical/datasets/testing';

/**
 * Writes small files in CIFAR-10's official layout, in which record k is of class k mod 10.
 *
 * @param imagesPerFile - In each of the five training files and in the test file.
 */
export function writeSyntheticCifar10(folder: string, imagesPerFile: number): void {
  mkdirSync(folder, { recursive: true });
  for (const { name, bytes } of syntheticCifar('cifar10', { imagesPerFile })) {
    writeFileSync(join(folder, name), bytes);
  }
}
