import { describe, expect, it } from 'vitest';
import {
  closureProblems,
  type DependencyRecord,
  dependencyUse,
  installScriptProblems,
  recordProblems,
} from './dependencies.js';
import { readDependencyFacts } from './dependency-facts.js';
import type { LockedPackage } from './lockfile.js';
import { publishedPackages, type WorkspacePackage, workspacePackages } from './published-packages.js';

const record: DependencyRecord = {
  checkedOn: '2026-11-25',
  allowedLicences: ['MIT', 'Apache-2.0'],
  exceptions: [{ packages: '@img/', licence: 'LGPL-3.0-or-later', reason: 'a shared library' }],
  platforms: [{ packages: '@other/', licence: 'MIT' }],
  production: { colours: { reason: 'Colours', newest: '1.0.0', released: '2026-01-01' } },
  development: { checker: 'Checks' },
};
const packages: WorkspacePackage[] = [
  {
    folder: 'packages/one',
    manifest: {
      name: '@ours/one',
      dependencies: { colours: 'catalog:', '@ours/two': 'workspace:*' },
      devDependencies: { checker: 'catalog:', colours: 'catalog:' },
    },
  },
  { folder: 'packages/two', manifest: { name: '@ours/two' } },
];
const use = dependencyUse(packages);
const catalog = { colours: '1.0.0', checker: '1.0.0' };

function locked(part: Partial<LockedPackage>): LockedPackage {
  return { name: 'colours', version: '1.0.0', licence: 'MIT', deprecated: undefined, ...part };
}

describe('recordProblems', () => {
  it('are none when every dependency has a reason, every reason a dependency, and every version a user', () => {
    expect(recordProblems(use, record, catalog)).toEqual([]);
  });

  it('name a dependency without a reason, and who has it', () => {
    expect(recordProblems(use, { ...record, production: {}, development: {} }, catalog)).toEqual([
      expect.stringMatching(/^colours, a production dependency of packages\/one, has no reason/) as string,
      expect.stringMatching(/^checker, a development dependency of packages\/one, has no reason/) as string,
    ]);
  });

  it('name a reason that nothing needs any more', () => {
    const development = { ...record.development, old: 'Gone' };
    expect(recordProblems(use, { ...record, development }, catalog)).toEqual([
      expect.stringMatching(/^old is no development dependency any more/) as string,
    ]);
  });

  it('name a version in the catalog that nothing uses', () => {
    expect(recordProblems(use, record, { ...catalog, left: '1.0.0' })).toEqual([
      expect.stringMatching(/^left is in the catalog and no package uses it/) as string,
    ]);
  });

  it('want a word for a production dependency without a release in 18 months', () => {
    const colours = { reason: 'Colours', newest: '1.0.0', released: '2025-05-24' };
    expect(recordProblems(use, { ...record, production: { colours } }, catalog)).toEqual([
      expect.stringMatching(/^colours had its last release on 2025-05-24/) as string,
    ]);
    const kept = { ...colours, kept: 'It is complete' };
    expect(recordProblems(use, { ...record, production: { colours: kept } }, catalog)).toEqual([]);
  });
});

describe('closureProblems', () => {
  it.each(['MIT', '(GPL-3.0-only OR MIT)', 'MIT AND Apache-2.0'])('accept %s', (licence) => {
    expect(closureProblems([locked({ licence })], record)).toEqual([]);
  });

  it.each(['GPL-3.0-only', 'MIT AND GPL-3.0-only', 'UNLICENSED', 'unknown', 'LGPL-3.0-or-later'])(
    'refuse %s',
    (licence) => {
      expect(closureProblems([locked({ licence })], record)).toEqual([
        expect.stringContaining(`colours 1.0.0 has the licence ${licence}`) as string,
      ]);
    },
  );

  it('accept an exception for the packages that it names alone', () => {
    expect(closureProblems([locked({ name: '@img/vips', licence: 'LGPL-3.0-or-later' })], record)).toEqual(
      [],
    );
  });

  it('take the licence of a package for another platform from the record, and want one there', () => {
    expect(closureProblems([locked({ name: '@other/windows', licence: undefined })], record)).toEqual([]);
    expect(closureProblems([locked({ licence: undefined })], record)).toEqual([
      expect.stringMatching(/^colours 1.0.0 is not installed here/) as string,
    ]);
    expect(closureProblems([locked({ name: '@other/linux', licence: 'Apache-2.0' })], record)).toEqual([
      expect.stringContaining('correct the record') as string,
    ]);
  });

  it('pass on what the registry says against a version', () => {
    expect(closureProblems([locked({ deprecated: 'use crayons' })], record)).toEqual([
      'colours 1.0.0 is deprecated: use crayons',
    ]);
  });
});

it('an install script of ours is refused', () => {
  const manifest = { name: '@ours/one', scripts: { test: 'vitest', postinstall: 'node download.js' } };
  expect(installScriptProblems([{ folder: 'packages/one', manifest }])).toEqual([
    expect.stringMatching(/^packages\/one has the script postinstall/) as string,
  ]);
});

describe('this repository', () => {
  const facts = readDependencyFacts(workspacePackages());

  it('has a reason for every dependency, and no dependency for a reason that is gone', () => {
    expect(recordProblems(facts.use, facts.record, facts.catalog)).toEqual([]);
  });

  it('brings along only allowed licences, and nothing deprecated', () => {
    expect(facts.closure.length).toBeGreaterThan(100);
    expect(closureProblems(facts.closure, facts.record)).toEqual([]);
  });

  it('runs nothing when it is installed', () => {
    expect(installScriptProblems(publishedPackages())).toEqual([]);
  });
});
