import { expect, it } from 'vitest';
import { productionClosure } from './lockfile.js';

it('productionClosure follows dependencies, optional ones, peers in keys and aliases, and no development dependency', () => {
  const lockfile = {
    importers: {
      'packages/one': {
        dependencies: { a: { version: '1.0.0(p@3.0.0)' }, ours: { version: 'link:../two' } },
        devDependencies: { d: { version: '1.0.0' } },
      },
    },
    packages: {},
    snapshots: {
      'a@1.0.0(p@3.0.0)': {
        dependencies: { p: '3.0.0', other: 'b@2.0.0' },
        optionalDependencies: { c: '1.0.0' },
      },
      'b@2.0.0': { dependencies: { a: '1.0.0(p@3.0.0)' } },
      'c@1.0.0': {},
      'd@1.0.0': {},
      'p@3.0.0': {},
    },
  };
  expect([...productionClosure(lockfile, ['packages/one'])].sort()).toEqual([
    'a@1.0.0(p@3.0.0)',
    'b@2.0.0',
    'c@1.0.0',
    'p@3.0.0',
  ]);
});
