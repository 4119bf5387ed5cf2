import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

const program = fileURLToPath(new URL('./cli.ts', import.meta.url));
const node = [process.execPath, '--conditions=@hyperspherical/source', '--import', 'tsx', program];

/** The command line in a process of its own, through a shell that says where its output goes. */
function shell(command: string): { readonly status: number | null; readonly stderr: string } {
  const bench = node.map((word) => `'${word}'`).join(' ');
  const { status, stderr } = spawnSync('bash', ['-c', command.replace('bench', bench)], { encoding: 'utf8' });
  return { status, stderr };
}

describe.skipIf(!existsSync('/dev/full'))('output to a full disk', () => {
  test.each(['bench list --json', 'bench --help'])('of %s is one sentence and exit code 1', (command) => {
    expect(shell(`${command} > /dev/full`)).toEqual({
      status: 1,
      stderr: 'Cannot write the output: the disk is full. Free some space, or write it elsewhere.\n',
    });
  });

  test('of errors keeps their exit code', () => {
    expect(shell('bench list nothing-of-that-name 2> /dev/full').status).toBe(2);
  });
});

test('A reader who stops reading ends nothing and gets no message', () => {
  expect(shell('set -o pipefail; bench list --json | head -1 > /dev/null')).toEqual({
    status: 0,
    stderr: '',
  });
});

test('An argument reaches no terminal as anything but text', () => {
  const argument = '\u001B]0;title\u0007\u202E\u009B';
  const { stderr } = spawnSync(node[0]!, [...node.slice(1), 'list', argument], { encoding: 'utf8' });
  expect(stderr).toContain(String.raw`\u001b]0;title\u0007\u202e\u009b`);
  expect(stderr).not.toMatch(/(?!\n)[\p{Cc}\u202E]/u);
  expect(() => execFileSync(node[0]!, [...node.slice(1), `--${argument}`], { stdio: 'pipe' })).toThrow(
    String.raw`\u001b]0;title`,
  );
});
