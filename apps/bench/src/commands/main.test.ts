import type { Command } from 'commander';
import { describe, expect, it, vi } from 'vitest';
import { createProgram, main } from './main.js';

/** The command and all below it. */
function withDescendants(command: Command): Command[] {
  return [command, ...command.commands.flatMap(withDescendants)];
}

function nameOf(command: Command): string {
  return command.parent ? `${nameOf(command.parent)} ${command.name()}` : command.name();
}

/** What `--help` prints, with what is added after it. */
function helpOf(command: Command): string {
  let text = '';
  command.configureOutput({
    writeOut(more) {
      text += more;
    },
  });
  command.outputHelp();
  return text;
}

const commands = withDescendants(createProgram());

describe('bench --help', () => {
  it.each(commands.map((command) => [nameOf(command), command] as const))(
    'of %s says what it does and shows an example that can be typed',
    (name, command) => {
      const help = helpOf(command);
      expect(help).toMatch(new RegExp(`\\n +${name === 'bench' ? 'bench ' : name}`));
      expect(help).toMatch(/\nExamples?:\n {2}/);
      expect(command.summary() || command.description()).toMatch(/^[A-Za-z].*\w/);
    },
  );

  it('tells the exit codes', () => {
    expect(helpOf(createProgram())).toContain('Exit codes: 0 done, 1 failed, 2 wrong usage or bad input.');
  });

  it('shows options that exist in its examples', () => {
    for (const command of commands) {
      const examples = helpOf(command).split(/\nExamples?:\n/)[1] ?? '';
      for (const line of examples.split('\n')) {
        const [, words] = /^ {2}bench (.*)/.exec(line) ?? [];
        if (words === undefined) continue;
        const target = commands
          .filter((candidate) => `bench ${words} `.startsWith(`${nameOf(candidate)} `))
          .sort((a, b) => nameOf(b).length - nameOf(a).length)[0]!;
        for (const [flag] of words.split(/[|#>]/)[0]!.matchAll(/--[a-z-]+/g))
          expect([...target.options.map(({ long }) => long), '--help'], line).toContain(flag);
      }
    }
  });
});

it('does not show the password of an address in a mistyped option', async () => {
  const write = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  try {
    expect(await main(['list', '--redsi=redis://user:s3cret@192.0.2.7'])).toBe(2);
    const text = write.mock.calls.join('');
    expect(text).toContain("Unknown option '--redsi=redis://***@192.0.2.7'");
    expect(text).not.toContain('s3cret');
  } finally {
    write.mockRestore();
  }
});
