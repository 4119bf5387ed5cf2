import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { writeFileDurably } from './write-file-durably.js';

describe('writeFileDurably', () => {
  it('replaces a file by its parts and leaves nothing else', () => {
    const folder = mkdtempSync(join(tmpdir(), 'bench-'));
    const path = join(folder, 'deep', 'file.txt');
    writeFileDurably(path, ['old']);
    writeFileDurably(path, ['new ', new TextEncoder().encode('content')]);
    expect(readFileSync(path, 'utf8')).toBe('new content');
    expect(readdirSync(join(folder, 'deep'))).toEqual(['file.txt']);
  });

  it('says what stands in the way', () => {
    const folder = mkdtempSync(join(tmpdir(), 'bench-'));
    writeFileSync(join(folder, 'taken'), '');
    expect(() => {
      writeFileDurably(join(folder, 'taken', 'file.txt'), ['']);
    }).toThrow(
      /^Cannot write .*: a file stands where a folder is needed. Choose another folder with --out.$/,
    );
  });
});
