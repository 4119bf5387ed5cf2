import { describe, expect, it } from 'vitest';
import { apiProblems, keptApiReports } from './api-reports.js';
import { publishedPackages, root } from './published-packages.js';

const report = { file: 'packages/losses/api/index.api.md', text: 'one\ntwo\n' };

describe('apiProblems', () => {
  it('are none when every report is as it was', () => {
    expect(apiProblems([report], new Map([[report.file, report.text]]))).toEqual([]);
  });

  it('name the first line that differs, and how to mean it', () => {
    expect(apiProblems([report], new Map([[report.file, 'one\nthree\n']]))).toEqual([
      'packages/losses/api/index.api.md differs from what is built: run pnpm api:update if you meant it, and commit the report\n' +
        '  line 2\n  - three\n  + two',
    ]);
  });

  it('see lines that are no more', () => {
    expect(apiProblems([report], new Map([[report.file, 'one\ntwo\n\nthree\n']]))).toHaveLength(1);
  });

  it('miss a report that was never written, and refuse one that belongs to nothing', () => {
    expect(apiProblems([report], new Map([['packages/losses/api/old.api.md', '']]))).toEqual([
      expect.stringContaining('index.api.md is missing: run pnpm api:update') as string,
      expect.stringContaining('old.api.md belongs to no entry point') as string,
    ]);
  });
});

it('every entry point with types has a report, and none holds a path of the machine that wrote it', () => {
  const kept = keptApiReports(publishedPackages());
  const entries = publishedPackages().flatMap(({ manifest }) =>
    Object.values(manifest.exports ?? {}).filter((target) => typeof target !== 'string'),
  );
  expect(kept.size).toBe(entries.length);
  for (const [file, text] of kept) expect(text, file).not.toContain(root);
});
