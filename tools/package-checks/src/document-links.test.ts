import { describe, expect, it } from 'vitest';
import { brokenReferences, contributorDocuments, readDocument } from './document-links.js';

describe('brokenReferences', () => {
  it('finds links and named files that are not there', () => {
    const text = 'See [this](gone.md#part) and `packages/losses/src/gone.ts`.';
    expect(brokenReferences('docs/page.md', text)).toEqual([
      'docs/page.md names gone.md#part, and there is no docs/gone.md',
      'docs/page.md names packages/losses/src/gone.ts, and there is no packages/losses/src/gone.ts',
    ]);
  });

  it('passes over addresses, anchors, code and patterns', () => {
    const text =
      '[a](https://example.org) [b](#part) [c](../README.md) `packages/*/api` `packages/losses/src/<name>-loss.ts` `apps/bench`\n' +
      '```json\n[d](gone.md)\n```\n';
    expect(brokenReferences('docs/page.md', text)).toEqual([]);
  });
});

it.each(contributorDocuments())('%s links to what is there', (document) => {
  expect(brokenReferences(document, readDocument(document))).toEqual([]);
});
