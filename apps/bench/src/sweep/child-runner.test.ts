import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Experiment } from '../experiment/experiment-schema.js';
import { resolveExperiment } from '../experiment/resolve-experiment.js';
import { childRunner } from './child-runner.js';
import type { RunTask } from './run-task.js';

const fakeRun = fileURLToPath(new URL('../../test/fake-run.js', import.meta.url));
const never = new AbortController().signal;
const { FAKE_MILLISECONDS } = process.env;

let folder = '';
let runner = childRunner();

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'child-runner-'));
  runner = childRunner({ command: [process.execPath, fakeRun] });
});

afterEach(() => {
  if (FAKE_MILLISECONDS === undefined) delete process.env.FAKE_MILLISECONDS;
  rmSync(folder, { recursive: true, force: true });
});

function task(name: string): RunTask {
  const experiment: Experiment = { ...resolveExperiment('quick/softmax'), name };
  return { id: 'run-1', experiment, folder: join(folder, 'run'), notesFolder: join(folder, 'notes') };
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await wait(10);
}

describe('childRunner', () => {
  it("takes the result from the run's folder, and keeps experiment and output beside each other", async () => {
    const outcome = await runner(task('good'), { signal: never });
    expect(outcome).toMatchObject({ status: 'finished', result: { status: 'completed', name: 'good' } });
    const notes = JSON.parse(readFileSync(join(folder, 'notes', 'run-1.json'), 'utf8')) as Experiment;
    expect(notes).toEqual(task('good').experiment);
    expect(readFileSync(join(folder, 'notes', 'run-1.log'), 'utf8')).toBe('');
  });

  it('knows a diverged run by its result, whatever its exit code', async () => {
    expect(await runner(task('diverges'), { signal: never })).toMatchObject({
      status: 'finished',
      result: { status: 'diverged', reason: 'the loss is NaN at step 1' },
    });
  });

  it('tells bad input, in the words of the run', async () => {
    expect(await runner(task('is-refused'), { signal: never })).toEqual({
      status: 'refused',
      reason: 'The data are not there. Fetch them with bench data get.',
    });
  });

  it('tells crashes, by exit code and by signal', async () => {
    expect(await runner(task('crashes'), { signal: never })).toEqual({
      status: 'crashed',
      reason: 'it ended with exit code 3: Out of luck.',
    });
    expect(await runner(task('crashes-once'), { signal: never })).toEqual({
      status: 'crashed',
      reason: 'SIGKILL ended it',
    });
    expect(await runner(task('crashes-once'), { signal: never })).toMatchObject({ status: 'finished' });
  });

  it('never reads half a result as good', async () => {
    mkdirSync(join(folder, 'run'));
    writeFileSync(join(folder, 'run', 'result.json'), '{"schemaVersion":2,"status":"comp');
    expect(await runner(task('good'), { signal: never })).toMatchObject({
      status: 'refused',
      reason: expect.stringMatching(/result\.json is not valid JSON/) as string,
    });
  });

  it('refuses a folder that holds a run of another experiment', async () => {
    await runner(task('one'), { signal: never });
    expect(await runner(task('another'), { signal: never })).toMatchObject({
      status: 'refused',
      reason: expect.stringMatching(/holds a run of another experiment/) as string,
    });
  });

  it('knows that another process holds the folder', async () => {
    mkdirSync(join(folder, 'run'));
    writeFileSync(join(folder, 'run', 'lock.json'), JSON.stringify({ process: process.pid }));
    expect(await runner(task('good'), { signal: never })).toMatchObject({
      status: 'busy',
      reason: expect.stringMatching(/being written by process/) as string,
    });
  });

  it('does not wait for a lock that a killed run has left', async () => {
    mkdirSync(join(folder, 'run'));
    writeFileSync(join(folder, 'run', 'lock.json'), JSON.stringify({ process: 1 }));
    const broken = join(folder, 'broken.js');
    writeFileSync(broken, `process.stderr.write('The engine is damaged.\\n'); process.exit(1);`);
    runner = childRunner({ command: [process.execPath, broken] });
    expect(await runner(task('good'), { signal: never })).toEqual({
      status: 'crashed',
      reason: 'it ended with exit code 1: The engine is damaged.',
    });
  });

  it('passes the signal on once, and the run stops in good order', async () => {
    process.env.FAKE_MILLISECONDS = '60000';
    const controller = new AbortController();
    const ending = runner(task('long'), { signal: controller.signal });
    await until(() => existsSync(join(folder, 'run', 'config.json')));
    controller.abort();
    expect(await ending).toEqual({ status: 'interrupted' });
    expect(existsSync(join(folder, 'run', 'lock.json'))).toBe(false);
    expect(await runner(task('long'), { signal: controller.signal })).toEqual({ status: 'interrupted' });
  });

  it('does not leave a run behind when it is killed', async () => {
    const program = `
      import { childRunner } from ${JSON.stringify(new URL('child-runner.ts', import.meta.url).href)};
      const runner = childRunner({ command: [process.execPath, ${JSON.stringify(fakeRun)}] });
      await runner(${JSON.stringify(task('long'))}, { signal: new AbortController().signal });`;
    const parent = spawn(
      process.execPath,
      ['--conditions=@hyperspherical/source', '--import', 'tsx', '--input-type=module', '--eval', program],
      { env: { ...process.env, FAKE_MILLISECONDS: '60000' }, stdio: 'inherit' },
    );
    await until(() => existsSync(join(folder, 'run', 'config.json')));
    parent.kill('SIGKILL');
    await until(() => readFileSync(join(folder, 'notes', 'run-1.log'), 'utf8') === 'Interrupted.\n');
    expect(existsSync(join(folder, 'run', 'lock.json'))).toBe(false);
  });
});
