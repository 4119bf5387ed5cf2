import { describe, expect, it } from 'vitest';
import { publishedPackages } from './published-packages.js';
import { readSizeBudgets, sizeProblems } from './size-budgets.js';

describe('sizeProblems', () => {
  it('are none up to the budget', () => {
    expect(sizeProblems([{ what: 'packages/losses packed', bytes: 100, budget: 100 }])).toEqual([]);
  });

  it('name the package, its size, its budget and what to do', () => {
    const [problem] = sizeProblems([{ what: 'packages/losses packed', bytes: 15_100, budget: 15_000 }]);
    expect(problem).toMatch(/^packages\/losses packed is 15.1 kB, over its budget of 15.0 kB: .*on demand/);
  });

  it('ask for a budget where there is none', () => {
    expect(sizeProblems([{ what: 'packages/new packed', bytes: 1, budget: undefined }])).toEqual([
      expect.stringMatching(/has no budget: give it one in/) as string,
    ]);
  });
});

describe('the budgets', () => {
  const { browser, tarballs } = readSizeBudgets();

  it('hold every package that trains or predicts in a browser below 17 kB without tfjs', () => {
    const names = new Set(browser.map((budget) => budget.package));
    for (const name of ['prototypes', 'losses', 'heads', 'backbones', 'word-embeddings', 'datasets']) {
      expect(names).toContain(`packages/${name}`);
    }
    // Drawing brings d3 and eigenvectors; nothing that trains imports it.
    for (const { package: folder, gzipBytes } of browser)
      if (folder !== 'packages/drawing') expect(gzipBytes).toBeLessThanOrEqual(17_000);
  });

  it('hold the tarball of every published package', () => {
    expect(Object.keys(tarballs).sort()).toEqual(
      publishedPackages()
        .map(({ folder }) => folder)
        .sort(),
    );
  });
});
