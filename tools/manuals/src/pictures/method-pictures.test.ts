import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { methodPictures } from './method-pictures.js';

const folder = new URL('../../../../docs/pictures/', import.meta.url);
const page = readFileSync(new URL('../method.md', folder), 'utf8');

describe('the pictures of the method', () => {
  it.each(Object.keys(methodPictures))('%s is what the packages draw', async (name) => {
    expect(await methodPictures[name]!()).toBe(readFileSync(new URL(name, folder), 'utf8'));
  });

  it('are all shown on the page, with words for those who do not see them', () => {
    const shown = [...page.matchAll(/!\[[^\]]{20,}\]\(pictures\/([^)]+)\)/g)].map(([, name]) => name);
    expect(shown.toSorted()).toEqual(Object.keys(methodPictures).toSorted());
    expect(readdirSync(folder).toSorted()).toEqual(shown.toSorted());
  });
});
