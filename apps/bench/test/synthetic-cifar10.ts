import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const pixels = 32 * 32;

/**
 * Writes files in CIFAR-10's official layout whose classes can be learnt at once: class k is bright in rows 2k and 2k + 1,
 * over noise.
 *
 * @param perFile - Records in each of the five training files and in the test file.
 */
export function writeSyntheticCifar10(folder: string, perFile: number): void {
  mkdirSync(folder, { recursive: true });
  const names = [1, 2, 3, 4, 5].map((number) => `data_batch_${number}.bin`).concat('test_batch.bin');
  let state = 1;
  const noise = (): number => {
    state = (state * 48271) % 2147483647;
    return state % 100;
  };
  for (const name of names) {
    const bytes = new Uint8Array(perFile * (1 + 3 * pixels));
    for (let record = 0; record < perFile; record += 1) {
      const label = record % 10;
      const start = record * (1 + 3 * pixels);
      bytes[start] = label;
      for (let index = 0; index < 3 * pixels; index += 1) {
        const row = Math.floor((index % pixels) / 32);
        bytes[start + 1 + index] = noise() + (row >> 1 === label ? 150 : 0);
      }
    }
    writeFileSync(join(folder, name), bytes);
  }
}
