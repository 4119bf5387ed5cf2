import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type * as datasets from '@hyperspherical/datasets/node';
import { syntheticCifar, syntheticMnist } from '@hyperspherical/datasets/testing';
import { wordVectors } from '@hyperspherical/word-embeddings';
import type * as words from '@hyperspherical/word-embeddings/node';

const folders = new Map<string, string>();

/** A folder of small learnable files in the layout of a dataset that would have to be fetched. */
function folderOf(name: string): string {
  const known = folders.get(name);
  if (known !== undefined) return known;
  const folder = mkdtempSync(join(tmpdir(), 'manual-data-'));
  const files =
    name === 'mnist' || name === 'fashion-mnist'
      ? syntheticMnist({ imagesPerSplit: 100 })
      : // As many as the manual's examples choose of each class.
        syntheticCifar(name === 'cifar100' ? 'cifar100' : 'cifar10', {
          imagesPerFile: name === 'cifar100' ? 20_000 : 50,
        });
  for (const file of files) writeFileSync(join(folder, file.name), file.bytes);
  folders.set(name, folder);
  return folder;
}

/** The functions that read datasets, with synthetic files in place of those that they would fetch. */
export function withTinyData(original: typeof datasets): typeof datasets {
  const read = (name: string, options: datasets.LoadDatasetOptions | undefined) =>
    options?.folder === undefined ? { ...options, folder: folderOf(name) } : options;
  return {
    ...original,
    loadDataset: (name, options) => original.loadDataset(name, read(name, options)),
    openDataset: (name, options) => original.openDataset(name, read(name, options)),
  };
}

/** The function that opens word vectors, with numbers made of the letters in place of those that it would fetch. */
export function withTinyWords(original: typeof words): typeof words {
  return {
    ...original,
    openWordVectors: (_source, options) =>
      Promise.resolve(
        wordVectors(
          [...(options?.words ?? [])].map((word) => [
            word,
            Array.from({ length: 20 }, (_, axis) => Math.sin(axis + 1 + (word.codePointAt(axis) ?? axis))),
          ]),
        ),
      ),
  };
}
