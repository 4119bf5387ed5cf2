import { describe, expect, it } from 'vitest';
import { anchorsOf } from './anchors.js';

const anchors = (markdown: string) => [...anchorsOf(markdown)];

describe('anchorsOf', () => {
  it('writes headings small, with - for spaces and without punctuation', () => {
    expect(anchors("# The method's page\n\nText\n\n## What is (1 - cos)²?\n")).toEqual([
      'the-methods-page',
      'what-is-1---cos',
    ]);
  });

  it('takes what can be read of code, links and emphasis', () => {
    expect(anchors('## `createBackbone(options)` is *the* [way](page.md)')).toEqual([
      'createbackboneoptions-is-the-way',
    ]);
  });

  it('numbers headings that come again', () => {
    expect(anchors('## Files\n\n### Files\n\nFiles\n=====\n')).toEqual(['files', 'files-1', 'files-2']);
  });

  it('takes the names of HTML elements, but not in comments', () => {
    expect(anchors('<a id="first"></a>\n\nText <a name=\'second\'></a>')).toEqual(['first', 'second']);
    expect(anchors('<!-- <a id="gone"></a> -->\n\nText <!-- <a id="gone"></a> -->')).toEqual([]);
  });

  it('passes over code that looks like headings', () => {
    expect(anchors('```sh\n# not a heading\n```\n')).toEqual([]);
  });
});
