import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runBench } from './run-bench.js';

let folder = '';

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'bench-completion-'));
  mkdirSync(join(folder, 'my runs'));
  writeFileSync(join(folder, 'my-experiment.json'), '{}');
  for (const shell of ['bash', 'zsh', 'fish']) {
    const { code, stdout, stderr } = await runBench(['completion', shell]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    writeFileSync(join(folder, shell), stdout);
  }
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

function has(shell: string): boolean {
  return spawnSync(shell, ['-c', 'true']).status === 0;
}

/** What a shell offers after a line, without descriptions. */
type Offers = (line: string) => string[];

const bash: Offers = (line) => {
  const words = line.split(' ');
  const program = `source ./bash; COMP_WORDS=(${words.map((word) => `'${word}'`).join(' ')}); COMP_CWORD=${words.length - 1}; _bench; printf '%s\\n' "\${COMPREPLY[@]}"`;
  return lines(execFileSync('bash', ['-c', program], { cwd: folder, encoding: 'utf8' }));
};

const fish: Offers = (line) => {
  const program = `source ./fish; complete -C ${JSON.stringify(line)}`;
  const offered = execFileSync('fish', ['--no-config', '-c', program], { cwd: folder, encoding: 'utf8' });
  return lines(offered).map((offer) => offer.split('\t')[0]!.replace(/\/$/, ''));
};

/** A real zsh on a terminal of its own: it lists what it offers, and the pattern says when it has done so. */
function zshShows(line: string, pattern: string): string {
  const program = `
    zmodload zsh/zpty
    zpty z env TERM=dumb zsh -f -i
    zpty -w z 'PS1="> "; autoload -U compinit; compinit -u -D; source ./zsh; setopt no_beep list_ambiguous; bindkey "^I" complete-word; bindkey "^X" list-choices; print rea''dy'
    zpty -r -m z shown '*ready*'
    zpty -w -n z '${line}'$'\\x18'
    zpty -r -m z shown '${pattern}'
    print -r -- $shown
    zpty -d z`;
  return execFileSync('zsh', ['-f', '-c', program], { cwd: folder, encoding: 'utf8', timeout: 30_000 });
}

function lines(text: string): string[] {
  return text.split('\n').filter((line) => line !== '');
}

describe.each([
  ['bash', bash],
  ['fish', fish],
] as const)('bench completion %s', (shell, offers) => {
  it.skipIf(!has(shell))('completes commands, options, choices, experiments, folders and files', () => {
    expect(offers('bench ')).toEqual(expect.arrayContaining(['quick', 'run', 'watch', 'data', 'completion']));
    expect(offers('bench wa')).toEqual(['watch']);
    expect(offers('bench data ').sort()).toEqual(['get', 'list', 'show', 'verify']);
    expect(offers('bench run --mo')).toEqual(['--mode']);
    expect(offers('bench run --mode ').sort()).toEqual(['eager', 'graph']);
    expect(offers('bench run quick/h')).toEqual(['quick/hyperspherical']);
    expect(offers('bench run my-e')).toEqual(['my-experiment.json']);
    expect(offers('bench data verify --data-folder my').map((name) => name.replace('\\', ''))).toEqual([
      'my runs',
    ]);
    expect(offers('bench watch my').map((name) => name.replace('\\', ''))).toEqual(['my runs']);
    expect(offers('bench run --seed ')).toEqual([]);
    expect(offers('bench completion ').sort()).toEqual(['bash', 'fish', 'zsh']);
  });
});

describe('bench completion zsh', () => {
  it.skipIf(!has('zsh'))('completes commands, options and choices', () => {
    expect(zshShows('bench ', '*work *carry*')).toMatch(/watch +-- show runs in a browser/);
    expect(zshShows('bench data ', '*verify*')).toMatch(/get +-- fetch a dataset/);
    expect(zshShows('bench run --mode ', '*graph*')).toMatch(/eager/);
    expect(zshShows('bench run --r', '*--resume*')).toMatch(/--reporter/);
    expect(zshShows('bench run quick/', '*softmax*')).toMatch(/hyperspherical/);
  });
});

describe('bench completion', () => {
  it('names the shells when it is asked for another', async () => {
    const { code, stderr } = await runBench(['completion', 'powershell']);
    expect(stderr).toMatch(/Allowed choices are bash, zsh, fish/);
    expect(code).toBe(2);
  });
});
