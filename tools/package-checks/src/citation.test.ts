import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { root } from './published-packages.js';

interface Citation {
  readonly 'cff-version': string;
  readonly message: string;
  readonly title: string;
  readonly license: string;
  readonly authors: readonly object[];
  readonly 'preferred-citation': {
    readonly title: string;
    readonly year: number;
    readonly authors: object[];
  };
}

it('CITATION.cff has what its format demands, and agrees with the manifest and the README', () => {
  const citation = parse(readFileSync(join(root, 'CITATION.cff'), 'utf8')) as Citation;
  const { license } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { license: string };
  expect(citation['cff-version']).toBe('1.2.0');
  expect(citation.message).not.toBe('');
  expect(citation.authors.length).toBeGreaterThan(0);
  expect(citation.license).toBe(license);
  const { title, year, authors } = citation['preferred-citation'];
  expect(authors).toHaveLength(3);
  const readme = readFileSync(join(root, 'README.md'), 'utf8');
  expect(readme).toContain(title);
  expect(readme).toContain(String(year));
});
