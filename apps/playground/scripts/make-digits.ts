import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Dataset, splitIndices, subset } from '@hyperspherical/datasets';
import { loadDataset } from '@hyperspherical/datasets/node';
import { encodeDigits } from './encode-digits.js';

/** So many images of each split are in the page. The file's name changes with them. */
const sizes = { train: 6000, test: 1000 };

const folder = fileURLToPath(new URL('../public/', import.meta.url));
const path = `${folder}digits-${sizes.train}-${sizes.test}.bin`;

/** The classes in their shares, drawn by a fixed seed. */
async function part(split: 'train' | 'test'): Promise<Dataset> {
  const all = await loadDataset('mnist', { split });
  return subset(all, splitIndices(all, { validation: sizes[split] / all.size, seed: 0 }).validation);
}

if (!existsSync(path)) {
  mkdirSync(folder, { recursive: true });
  const bytes = encodeDigits(await part('train'), await part('test'));
  // A build that is stopped here leaves no half file under the right name.
  writeFileSync(`${path}.part`, bytes);
  renameSync(`${path}.part`, path);
  process.stdout.write(`${path}: ${sizes.train} + ${sizes.test} digits, ${bytes.length} bytes\n`);
}
