import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { resolveExperiment } from '../experiment/resolve-experiment.js';
import { openRunFolder, readFinishedRun, type OpenRunOptions } from './run-folder.js';
import { UserError } from './user-error.js';
import { exampleEpoch, exampleEvaluation, exampleResult } from '../../test/example-run.js';
import { runConfig } from '../experiment/same-run.js';

/** Called before each operation that changes the disk. */
const disk = vi.hoisted(() => ({ before: undefined as (() => void) | undefined }));

vi.mock('node:fs', async (original) => {
  const real = await original<typeof fs>();
  const watched = ['openSync', 'writeSync', 'fsyncSync', 'renameSync', 'rmSync', 'mkdirSync'] as const;
  const wrapped = watched.map((name) => [
    name,
    (...words: never[]) => {
      // Files are opened for reading with flags that are numbers.
      if (name !== 'openSync' || typeof words[1] === 'string') disk.before?.();
      return (real[name] as (...all: never[]) => unknown)(...words);
    },
  ]);
  return { ...real, ...Object.fromEntries(wrapped) } as typeof fs;
});

const experiment = resolveExperiment('quick/softmax');

let root = '';
let folder = '';

beforeEach(() => {
  root = fs.mkdtempSync(join(tmpdir(), 'run-folder-kills-'));
  folder = join(root, 'run');
});

afterEach(() => {
  disk.before = undefined;
  fs.rmSync(root, { recursive: true, force: true });
});

/** A run from its first file to its result. */
async function run(options: OpenRunOptions): Promise<void> {
  const opened = await openRunFolder(folder, runConfig(experiment), options);
  try {
    opened.writeEnvironment({});
    opened.writeEpochs([]);
    opened.writeEvaluation(exampleEvaluation());
    opened.appendEpoch(exampleEpoch(1));
    opened.writeResult(exampleResult({}));
  } finally {
    opened.close();
  }
}

/** What a run leaves when it is killed before each of its operations. */
async function killedEverywhere(options: OpenRunOptions): Promise<string[]> {
  const states: string[] = [];
  disk.before = () => {
    const { before } = disk;
    disk.before = undefined;
    const state = join(root, `killed-${states.length}`);
    if (fs.existsSync(folder)) fs.cpSync(folder, state, { recursive: true });
    else fs.mkdirSync(state);
    // The lock of a process that is gone.
    const lock = join(state, 'lock.json');
    if (fs.existsSync(lock))
      fs.writeFileSync(lock, fs.readFileSync(lock, 'utf8').replace(`${process.pid}`, `${2 ** 22 + 1}`));
    states.push(state);
    disk.before = before;
  };
  await run(options);
  disk.before = undefined;
  return states;
}

async function opens(state: string, options: OpenRunOptions): Promise<boolean> {
  const copy = `${state}-again`;
  fs.cpSync(state, copy, { recursive: true });
  try {
    const opened = await openRunFolder(copy, runConfig(experiment), options);
    expect(fs.readdirSync(copy).filter((name) => name.endsWith('.tmp'))).toEqual([]);
    opened.close();
    return true;
  } catch {
    return false;
  } finally {
    fs.rmSync(copy, { recursive: true });
  }
}

const [plain, resume, force] = [
  { resume: false, force: false },
  { resume: true, force: false },
  { resume: false, force: true },
];

describe('a run that is killed before any operation on the disk', () => {
  test.each([
    ['at its start, in a new folder', plain, () => undefined],
    ['while it replaces a finished one', force, () => run(plain)],
    [
      'while it goes on with an interrupted one',
      resume,
      async () => {
        await run(plain);
        fs.rmSync(join(folder, 'result.json'));
      },
    ],
  ])('%s can be gone on with and replaced', async (_, options, prepare) => {
    await prepare();
    const states = await killedEverywhere(options);
    expect(states.length).toBeGreaterThan(20);
    for (const state of states) {
      expect(await opens(state, force), state).toBe(true);
      const goesOn = (await opens(state, resume)) || (await opens(state, plain));
      expect(goesOn || readFinishedRun(state, runConfig(experiment)) !== undefined, state).toBe(true);
    }
  });
});

describe.each(['ENOSPC', 'EROFS'])('a disk that answers %s from any operation on', (code) => {
  test('ends the run in one sentence, and the run goes on once there is room', async () => {
    for (let left = 0; ; left += 1) {
      folder = join(root, `run-${left}`);
      let rest = left;
      disk.before = () => {
        rest -= 1;
        if (rest < 0) throw Object.assign(new Error(`${code}: no`), { code });
      };
      let failure: unknown;
      await run(plain).catch((error: unknown) => {
        failure = error;
      });
      disk.before = undefined;
      if (failure === undefined) {
        expect(left).toBeGreaterThan(20);
        return;
      }
      expect(failure).toBeInstanceOf(UserError);
      expect(failure).toMatchObject({
        exitCode: 1,
        message: expect.stringMatching(/^Cannot write [^\n]*\.$/) as string,
      });
      // Its process is over.
      const lock = join(folder, 'lock.json');
      if (fs.existsSync(lock)) fs.writeFileSync(lock, '');
      const goesOn = await run(resume).catch((error: unknown) => error);
      if (goesOn !== undefined) expect(readFinishedRun(folder, runConfig(experiment))).toBeDefined();
    }
  });
});

describe('what is left of files that were being written', () => {
  const dead = 2 ** 22 + 1;
  test('is deleted at the next start, where the process is dead', async () => {
    await run(plain);
    fs.mkdirSync(join(folder, 'checkpoint'));
    const names = ['epochs.jsonl', 'progress.json', 'checkpoint/latest.safetensors'];
    for (const name of names) {
      fs.writeFileSync(join(folder, `${name}.${dead}.tmp`), 'part');
      fs.writeFileSync(join(folder, `${name}.1.tmp`), 'being written');
    }
    const others = ['notes.4194305.tmp', 'config.json.tmp', 'lock.json.bak'];
    for (const other of others) fs.writeFileSync(join(folder, other), 'of somebody else');
    await run({ resume: false, force: true });
    const left = fs.readdirSync(folder, { recursive: true });
    expect(left).toEqual(expect.arrayContaining([...others, 'epochs.jsonl.1.tmp', 'progress.json.1.tmp']));
    expect(left.filter((name) => String(name).includes(`.${dead}.`))).toEqual(['notes.4194305.tmp']);
  });

  test('of other people keeps a folder from being taken', async () => {
    fs.mkdirSync(folder);
    fs.writeFileSync(join(folder, `thesis.tex.${dead}.tmp`), 'of somebody else');
    for (const options of [plain, resume, force])
      await expect(run(options)).rejects.toThrow(/holds other files/);
    expect(fs.readdirSync(folder)).toEqual([`thesis.tex.${dead}.tmp`]);
  });
});
