import { expect, it } from 'vitest';
import { publishedPackages } from './published-packages.js';
import { namesModule, unusedDependencies } from './unused-dependencies.js';

it('namesModule sees imports of a module and of a path in it, and no module that begins alike', () => {
  expect(namesModule("import { x } from 'open';", 'open')).toBe(true);
  expect(namesModule('require("open/index.js")', 'open')).toBe(true);
  expect(namesModule("import { x } from 'opener'; // open", 'open')).toBe(false);
});

it('every dependency of a published package is imported by its code', () => {
  expect(unusedDependencies(publishedPackages())).toEqual([]);
});

it('a dependency that nothing imports is named', () => {
  const [{ folder, manifest }] = publishedPackages() as [ReturnType<typeof publishedPackages>[0]];
  const more = { ...manifest, dependencies: { ...manifest.dependencies, 'left-over': '1.0.0' } };
  expect(unusedDependencies([{ folder, manifest: more }])).toEqual([
    `no code of ${folder} imports left-over: take it out of its manifest`,
  ]);
});
