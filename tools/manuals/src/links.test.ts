import { describe, expect, it } from 'vitest';
import { linksOf, namedFilesOf } from './links.js';

const targets = (markdown: string) => linksOf(markdown).map(({ target }) => target);

describe('linksOf', () => {
  it('finds links, pictures, references and bare addresses, each with its line', () => {
    const text = [
      'A [page](page.md#part "title"), a ![picture](picture.png).',
      '',
      '| table |',
      '| ----- |',
      '| [cell](cell.md) |',
      '',
      '[By name][name] and <https://example.org/a> and https://example.org/b.',
      '',
      '[name]: folder/named.md',
    ].join('\n');
    expect(linksOf(text)).toEqual([
      { target: 'page.md#part', line: 1 },
      { target: 'picture.png', line: 1 },
      { target: 'cell.md', line: 5 },
      { target: 'folder/named.md', line: 7 },
      { target: 'https://example.org/a', line: 7 },
      { target: 'https://example.org/b', line: 7 },
    ]);
  });

  it('finds links inside of links, which pictures with addresses are', () => {
    expect(targets('[![picture](picture.png)](page.md)')).toEqual(['page.md', 'picture.png']);
  });

  it('finds those in HTML, but not in comments', () => {
    expect(targets('<p><img alt="" src="picture.svg"></p>\n\nText <a href=\'page.md\'>page</a>')).toEqual([
      'picture.svg',
      'page.md',
    ]);
    expect(targets('<!-- <a href="gone.md">gone</a> -->')).toEqual([]);
  });

  it('keeps what is no good address, for the check to refuse', () => {
    expect(targets('[a](javascript:alert(1)) [b](http://example.org/ü)')).toEqual([
      'javascript:alert(1)',
      'http://example.org/ü',
    ]);
  });

  it('passes over code, and names of files in running text', () => {
    expect(
      targets('`[a](b.md)` README.md www.example.org\n\n    [c](d.md)\n\n```md\n[e](f.md)\n```\n'),
    ).toEqual([]);
  });
});

describe('namedFilesOf', () => {
  it('finds paths from the root in backticks', () => {
    expect(namedFilesOf('See `packages/losses/src/index.ts`\nand `apps/bench`.')).toEqual([
      { target: 'packages/losses/src/index.ts', line: 1 },
      { target: 'apps/bench', line: 1 },
    ]);
  });

  it('passes over patterns, placeholders and other code', () => {
    expect(
      namedFilesOf('`packages/*/api` `packages/losses/src/<name>-loss.ts` `src/index.ts` packages/gone'),
    ).toEqual([]);
  });
});
