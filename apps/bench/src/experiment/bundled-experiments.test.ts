import { describe, expect, it } from 'vitest';
import { bundledExperiments, bundledLayers, bundledPart, publishedCell } from './bundled-experiments.js';
import { resolveExperiment } from './resolve-experiment.js';

describe('the studies that come with the bench', () => {
  it('are one file each, which holds the paper size and the quick one', () => {
    const names = bundledExperiments().map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(names).toContain('table-1/cifar100-hyperspherical-50');
    expect(names).toContain('table-1-quick/cifar100-hyperspherical-50');
    const files = bundledExperiments().filter(({ name }) => name.startsWith('table-1'));
    expect(new Set(files.map(({ path }) => path)).size).toBe(1);
  });

  it('make the quick size of the paper size, with what is quick on top', () => {
    const paper = resolveExperiment('table-1/cifar100-hyperspherical-50');
    const quick = resolveExperiment('table-1-quick/cifar100-hyperspherical-50');
    expect(paper).toMatchObject({ backbone: { depth: 32 }, training: { epochs: 250 } });
    expect(quick).toMatchObject({ backbone: { depth: 8 }, training: { epochs: 10 } });
    expect(quick.head).toEqual(paper.head);
    expect(quick.title).toBe(paper.title);
  });

  it('have no quick size where their file has none', () => {
    expect(bundledLayers('thirty-epochs/softmax')).toBeDefined();
    expect(bundledLayers('thirty-epochs-quick/softmax')).toBeUndefined();
    expect(bundledLayers('table-1/constructor')).toBeUndefined();
    expect(bundledPart('toString')).toBeUndefined();
  });

  it('look published values up by paper, table and cell', () => {
    const cell = 'HPN, CIFAR-100, 50 dimensions';
    expect(publishedCell('Mettes et al. 2019', 'Table 1', cell)).toEqual({
      metric: 'accuracy',
      value: 0.647,
      deviation: 0.002,
      runs: 3,
    });
    const [published] = resolveExperiment('table-1/cifar100-hyperspherical-50').reproduces;
    expect(published).toMatchObject({ paper: 'Mettes et al. 2019', table: 'Table 1', cell, value: 0.647 });
    expect(publishedCell('Nobody 2020', 'Table 1', cell)).toBeUndefined();
  });
});
