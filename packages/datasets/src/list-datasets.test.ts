import { describe, expect, it } from 'vitest';
import { datasetCard, listDatasets } from './list-datasets.js';
import { cifar100Definition } from './node/definitions/cifar100-definition.js';
import { cifar10Definition } from './node/definitions/cifar10-definition.js';
import { fashionMnistDefinition } from './node/definitions/fashion-mnist-definition.js';
import { mnistDefinition } from './node/definitions/mnist-definition.js';

describe('listDatasets', () => {
  it('has a card for each dataset, with everything that a user must know first', () => {
    expect(listDatasets().map(({ name }) => name)).toEqual([
      'cifar10',
      'cifar100',
      'mnist',
      'fashion-mnist',
      'rotated-mnist',
      'tiny-imagenet',
      'cub-200-2011',
      'omniart',
      'image-folder',
      'image-csv',
    ]);
    for (const {
      terms,
      homepage,
      sources,
      channels,
      imageShape,
      classNames,
      splits,
      caveat,
    } of listDatasets()) {
      expect(terms).not.toBe('');
      for (const { location } of [{ location: homepage }, ...sources])
        expect(location).toMatch(/^(https?|npm|apt):/);
      if (channels) expect(channels.mean).toHaveLength(imageShape![2]);
      for (const names of Object.values(classNames)) expect(new Set(names).size).toBe(names.length);
      for (const { size, checksums } of Object.values(splits)) {
        if (size !== undefined) expect(size).toBeGreaterThan(0);
        for (const sum of Object.values(checksums ?? {})) expect(sum).toMatch(/^[0-9a-f]{64}$/);
      }
      // What was not recomputed from the official bytes, a card must say.
      const known =
        Object.values(splits).length > 0 && Object.values(splits).every(({ checksums }) => checksums);
      expect(caveat === undefined).toBe(known);
    }
  });

  it('finds a card by its other names too', () => {
    expect(datasetCard('imagenet-200').name).toBe('tiny-imagenet');
    expect(datasetCard('cub').name).toBe('cub-200-2011');
  });

  it('knows how many classes there are', () => {
    expect(datasetCard('cifar10').classNames.label).toHaveLength(10);
    expect(datasetCard('cifar100').classNames.fine).toHaveLength(100);
    expect(datasetCard('cifar100').classNames.coarse).toHaveLength(20);
  });

  it('agrees with the files that are fetched', () => {
    for (const definition of [
      cifar10Definition,
      cifar100Definition,
      mnistDefinition,
      fashionMnistDefinition,
    ]) {
      const { imageShape, classNames, splits } = definition.card;
      const recordBytes =
        imageShape!.reduce((product, side) => product * side, 1) + Object.keys(classNames).length;
      // An IDX file of images has a header of 16 bytes, one of labels of 8.
      const headerBytes = imageShape![2] === 1 ? 24 : 0;
      for (const [split, { size }] of Object.entries(splits)) {
        const bytes = definition.splits[split]!.reduce((sum, file) => sum + file.bytes, 0);
        expect(bytes).toBe(size! * recordBytes + headerBytes);
      }
    }
  });

  it('refuses a name that there is not', () => {
    expect(() => datasetCard('svhn')).toThrow(
      'there is no dataset "svhn"; the names are cifar10, cifar100, mnist, fashion-mnist',
    );
  });
});
