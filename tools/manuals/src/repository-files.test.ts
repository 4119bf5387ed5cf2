import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { markdownFiles } from './markdown-files.js';
import { repositoryFiles } from './repository-files.js';

it('lists what git has or would add, without what it ignores and what was deleted', () => {
  const root = mkdtempSync(join(tmpdir(), 'repository-'));
  try {
    mkdirSync(join(root, 'docs'));
    const names = [
      'README.md',
      'CHANGELOG.md',
      'docs/new page.md',
      'docs/picture.svg',
      'gone.md',
      'ignored.md',
    ];
    for (const name of names) writeFileSync(join(root, name), '');
    writeFileSync(join(root, '.gitignore'), 'ignored.md\n');
    execFileSync('git', ['init', '--quiet'], { cwd: root });
    execFileSync('git', ['add', 'README.md', 'gone.md'], { cwd: root });
    rmSync(join(root, 'gone.md'));
    expect(repositoryFiles(root)).toEqual([
      '.gitignore',
      'CHANGELOG.md',
      'README.md',
      'docs/new page.md',
      'docs/picture.svg',
    ]);
    expect(repositoryFiles(root, '*.svg')).toEqual(['docs/picture.svg']);
    expect(markdownFiles(root)).toEqual(['README.md', 'docs/new page.md']);
  } finally {
    rmSync(root, { recursive: true });
  }
});
