import { describe, expect, it } from 'vitest';
import { datasetCard, listDatasets } from './list-datasets.js';
import { datasetDefinition } from './node/definitions.js';

describe('listDatasets', () => {
  it('has a card for each dataset, with everything that a user must know first', () => {
    expect(listDatasets().map(({ name }) => name)).toEqual(['cifar10', 'cifar100', 'mnist', 'fashion-mnist']);
    for (const card of listDatasets()) {
      expect(card.sources[0]!.location).toMatch(/^https?:/);
      expect(card.terms).not.toBe('');
      expect(card.channels.mean).toHaveLength(card.imageShape[2]);
      for (const names of Object.values(card.classNames)) expect(new Set(names).size).toBe(names.length);
      for (const { size, checksums } of Object.values(card.splits)) {
        expect(size).toBeGreaterThan(0);
        for (const sum of Object.values(checksums)) expect(sum).toMatch(/^[0-9a-f]{64}$/);
      }
    }
  });

  it('knows how many classes there are', () => {
    expect(datasetCard('cifar10').classNames.label).toHaveLength(10);
    expect(datasetCard('cifar100').classNames.fine).toHaveLength(100);
    expect(datasetCard('cifar100').classNames.coarse).toHaveLength(20);
  });

  it('agrees with the files that are fetched', () => {
    for (const { name, splits } of [datasetCard('cifar10'), datasetCard('cifar100')]) {
      const definition = datasetDefinition(name);
      const recordBytes = 3072 + Object.keys(definition.card.classNames).length;
      for (const [split, { size }] of Object.entries(splits)) {
        const bytes = definition.splits[split]!.reduce((sum, file) => sum + file.bytes, 0);
        expect(bytes).toBe(size * recordBytes);
      }
    }
  });

  it('refuses a name that there is not', () => {
    expect(() => datasetCard('svhn')).toThrow(
      'there is no dataset "svhn"; the names are cifar10, cifar100, mnist, fashion-mnist',
    );
  });
});
