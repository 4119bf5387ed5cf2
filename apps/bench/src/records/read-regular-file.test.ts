import { execFileSync } from 'node:child_process';
import { linkSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { isAbsent } from './is-absent.js';
import { readRegularFile } from './read-regular-file.js';

const folder = mkdtempSync(join(tmpdir(), 'records-'));
const root = join(folder, 'root');
mkdirSync(root);
afterAll(() => {
  rmSync(folder, { recursive: true });
});

function errorOf(path: string, options?: Parameters<typeof readRegularFile>[1]): unknown {
  try {
    return readRegularFile(path, options);
  } catch (error) {
    return error;
  }
}

describe('a regular file', () => {
  const path = join(root, 'file');
  writeFileSync(path, 'one two');

  test('is read whole, through links, too', () => {
    symlinkSync(path, join(folder, 'link'));
    linkSync(path, join(root, 'hard-link'));
    for (const way of [path, join(folder, 'link'), join(root, 'hard-link')])
      expect(readRegularFile(way).toString()).toBe('one two');
  });

  test('is read even where the file system gives it no size', () => {
    expect(readRegularFile('/proc/self/stat').length).toBeGreaterThan(10);
  });

  test('is refused where it is larger than is asked', () => {
    expect(readRegularFile(path, { mostBytes: 7 })).toHaveLength(7);
    expect(errorOf(path, { mostBytes: 6 })).toMatchObject({
      message: `${path} has 7 bytes; at most 6 are read.`,
    });
  });

  test('is refused where it has no size and never ends', () => {
    expect(errorOf('/proc/self/maps', { mostBytes: 100 })).toMatchObject({
      message: '/proc/self/maps has more than 100 bytes.',
    });
  });
});

describe('what is no regular file', () => {
  test('is named and never waited for', () => {
    const pipe = join(folder, 'pipe');
    execFileSync('mkfifo', [pipe]);
    symlinkSync('/dev/zero', join(folder, 'zeros'));
    expect(errorOf(pipe)).toMatchObject({ message: `${pipe} is a named pipe, not a file.`, exitCode: 2 });
    expect(errorOf(join(folder, 'zeros'))).toMatchObject({
      message: `${join(folder, 'zeros')} is a device, not a file.`,
    });
    expect(errorOf(root, { advice: 'Give a file.', exitCode: 1 })).toMatchObject({
      message: `${root} is a folder, not a file. Give a file.`,
      exitCode: 1,
    });
  });

  test('is distinguished from what is not there', () => {
    const gone = errorOf(join(folder, 'gone'));
    expect(gone).toMatchObject({ message: `Cannot read ${join(folder, 'gone')}: it does not exist.` });
    expect([gone, errorOf(join(root, 'file', 'below')), errorOf(root), undefined].map(isAbsent)).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });
});

describe('a file that must be within a folder', () => {
  test('may be a link within it, and no link out of it', () => {
    writeFileSync(join(folder, 'secret'), 'secret');
    writeFileSync(join(root, 'inside'), 'inside');
    symlinkSync('inside', join(root, 'good'));
    symlinkSync('../secret', join(root, 'bad'));
    symlinkSync(folder, join(root, 'up'));
    expect(readRegularFile(join(root, 'good'), { within: root }).toString()).toBe('inside');
    for (const way of [join(root, 'bad'), join(root, 'up', 'secret'), `${root}/../secret`])
      expect(errorOf(way, { within: root })).toMatchObject({
        message: `${way} is a link that leads out of ${root}.`,
      });
  });

  test('is found where the folder itself is a link', () => {
    symlinkSync(root, join(folder, 'root-link'));
    const within = join(folder, 'root-link');
    expect(readRegularFile(join(within, 'inside'), { within }).toString()).toBe('inside');
  });

  test('may have a name that begins with two dots', () => {
    writeFileSync(join(root, '..file'), 'dots');
    expect(readRegularFile(join(root, '..file'), { within: root }).toString()).toBe('dots');
  });
});
