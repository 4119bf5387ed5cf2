import { describe, expect, it } from 'vitest';
import { brokenLinks, linkedFiles, markdownFiles, repositoryFiles } from '../src/index.js';
import { root } from './written-programs.js';

const files = linkedFiles(root, repositoryFiles(root));

describe('the links in our Markdown files lead somewhere', () => {
  it.each(markdownFiles(root))('%s', (file) => {
    expect(brokenLinks(file, files)).toEqual([]);
  });
});
