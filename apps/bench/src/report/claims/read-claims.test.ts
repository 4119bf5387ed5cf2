import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { bundledExperiment } from '../../experiment/bundled-digest.js';
import { claimJsonSchema } from './claim-json-schema.js';
import { claimsFolder, readClaims } from './read-claims.js';

let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'claims-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe('the claims that come with the bench', () => {
  const claims = readClaims(claimsFolder);
  const sides = claims.flatMap(({ metric, cells }) =>
    cells
      .flatMap(({ better, than }) => [better, than])
      .flatMap((side) => (typeof side === 'string' ? [side] : side.spreadOver))
      .map((name) => ({ name, metric })),
  );

  it.each([...new Set(sides.map(({ name }) => name))])('are about %s, which can be run', (name) => {
    expect(bundledExperiment(name)?.study).toBe(name.split('/')[0]);
  });

  it('compare by a metric that their experiments have', () => {
    for (const { name, metric } of sides) {
      const { kind } = bundledExperiment(name)!.head;
      const regression = kind.includes('regressor');
      const joint = kind === 'joint' || kind === 'multi-task';
      expect([name, joint || (metric === 'accuracy') !== regression]).toEqual([name, true]);
    }
  });

  it('count no run twice: no experiment stands in two cells of one claim', () => {
    for (const { name, cells } of claims) {
      const names = cells
        .flatMap(({ better, than }) => [better, than])
        .flatMap((side) => (typeof side === 'string' ? [side] : side.spreadOver));
      expect([name, new Set(names).size]).toEqual([name, names.length]);
    }
  });

  it('are told in order, each once', () => {
    expect(new Set(claims.map(({ order }) => order)).size).toBe(claims.length);
    expect(claims[0]!.name).toBe('above-word-vectors');
  });
});

describe('readClaims', () => {
  const valid = {
    name: 'one',
    sentence: 'One is more than another.',
    metric: 'accuracy',
    cells: [{ label: 'here', better: 'a/b', than: 'a/c' }],
  };
  const write = (name: string, value: unknown): string => {
    writeFileSync(join(folder, name), JSON.stringify(value));
    return join(folder, name);
  };

  it('reads a file, or a folder of them', () => {
    write('one.json', valid);
    const other = write('two.json', { ...valid, name: 'two', order: 1 });
    expect(readClaims(folder).map(({ name }) => name)).toEqual(['two', 'one']);
    expect(readClaims(other)).toHaveLength(1);
  });

  it('names the file and the key at fault', () => {
    const path = write('bad.json', { ...valid, cells: [{ label: 'here', better: 'no-slash', than: 'a/c' }] });
    expect(() => readClaims(path)).toThrow(/bad\.json is not a claim, at cells/);
    expect(() => readClaims(join(folder, 'absent'))).toThrow(/Cannot read .*absent; give a JSON file/);
    writeFileSync(path, '{');
    expect(() => readClaims(path)).toThrow(/bad\.json is not valid JSON/);
  });

  it('refuses two claims of one name, and a folder without any', () => {
    expect(() => readClaims(folder)).toThrow(/holds no claims/);
    write('one.json', valid);
    write('two.json', valid);
    expect(() => readClaims(folder)).toThrow(/two\.json has the name of another claim, one; change it/);
  });
});

describe('claimJsonSchema', () => {
  it('is what schema/claim.schema.json publishes; after a change: pnpm --filter @hyperspherical/bench write-schemas', () => {
    const published = new URL('../../../schema/claim.schema.json', import.meta.url);
    expect(JSON.parse(readFileSync(published, 'utf8'))).toEqual(claimJsonSchema());
  });
});
