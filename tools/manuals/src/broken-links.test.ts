import { describe, expect, it } from 'vitest';
import { brokenLinks, linkedFiles } from './broken-links.js';

/** A repository that has these files, of which `docs/page.md` is read. */
function faults(page: string, others: Record<string, string> = {}): string[] {
  const texts: Record<string, string> = { 'docs/page.md': page, ...others };
  const { has } = linkedFiles('.', Object.keys(texts));
  return brokenLinks('docs/page.md', { has, read: (path) => texts[path]! });
}

describe('brokenLinks', () => {
  it('accepts files, folders, anchors and addresses that are there', () => {
    const page = [
      '# Title',
      '[a](../README.md#use) [b](../src/) [c](..) [d](#title) [e](../src#own) [f](../src/code.ts#L2)',
      '[g](https://example.org/a?b=c#d) [h](mailto:somebody@example.org) [i](a%20file.md)',
      '`packages/losses`',
    ].join('\n\n');
    expect(
      faults(page, {
        'README.md': '## Use',
        'src/README.md': '# Own',
        'src/code.ts': '1\n2',
        'docs/a file.md': '',
        'packages/losses/package.json': '',
      }),
    ).toEqual([]);
  });

  it('names the place of what is not in the repository', () => {
    expect(faults('Text\n\n[a](gone.md) and `packages/losses/src/gone.ts`')).toEqual([
      'docs/page.md:3 links to gone.md, and docs/gone.md is not in the repository',
      'docs/page.md:3 names packages/losses/src/gone.ts, which is not in the repository',
    ]);
  });

  it('minds capitals and what lies outside of the repository', () => {
    expect(faults('[a](PAGE.md)')).toHaveLength(1);
    expect(faults('[a](../../elsewhere/page.md)')).toHaveLength(1);
    expect(faults('[a](/docs/page.md)')).toHaveLength(1);
  });

  it.each([
    ['#gone', 'docs/page.md has no such heading'],
    ['#Title', 'docs/page.md has no such heading'],
    ['../src#gone', 'src/README.md has no such heading'],
    ['../src/code.ts#part', 'src/code.ts has no headings'],
    ['../src/code.ts#L3', 'src/code.ts has fewer lines'],
  ])('finds that %s leads to nothing', (target, fault) => {
    expect(faults(`# Title\n\n[a](${target})`, { 'src/README.md': '', 'src/code.ts': '1\n2' })).toEqual([
      `docs/page.md:3 links to ${target}, and ${fault}`,
    ]);
  });

  it.each([
    'http://example.org',
    'ftp://example.org',
    'javascript:void(0)',
    '//example.org/a',
    'https://',
    'https://localhost/page',
    'https://name:word@example.org',
    'mailto:nobody',
  ])('refuses the address %s', (address) => {
    expect(faults(`[a](${address})`)).toHaveLength(1);
  });
});
