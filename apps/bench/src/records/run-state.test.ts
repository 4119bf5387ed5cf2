import { appendFileSync, mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createRunStateReader, silentAfterSeconds } from './run-state.js';
import { exampleEpoch, exampleProgress, exampleResult } from '../../test/example-run.js';

let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bench-run-state-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

function write(name: string, value: unknown): void {
  writeFileSync(join(folder, name), JSON.stringify(value));
}

describe('createRunStateReader', () => {
  it('follows a run from its folder to its result', () => {
    const { read } = createRunStateReader(folder);
    expect(read()).toMatchObject({ status: 'waiting', epochs: [] });
    write('progress.json', exampleProgress({ phase: 'starting' }));
    expect(read()?.status).toBe('starting');
    write('progress.json', exampleProgress({ phase: 'training', step: 7 }));
    appendFileSync(join(folder, 'epochs.jsonl'), `${JSON.stringify(exampleEpoch(1))}\n`);
    expect(read()).toMatchObject({ status: 'training', progress: { step: 7 }, epochs: [{ epoch: 1 }] });
    write('result.json', exampleResult({ status: 'diverged' }));
    expect(read()?.status).toBe('diverged');
    rmSync(folder, { recursive: true });
    expect(read()).toBeUndefined();
  });

  it('gives the same object until something changes', () => {
    write('progress.json', exampleProgress({}));
    const { read } = createRunStateReader(folder);
    const first = read();
    expect(read()).toBe(first);
    write('progress.json', exampleProgress({ step: 8, loss: 0.25 }));
    expect(read()).not.toBe(first);
  });

  it('leaves out a line that is not whole yet', () => {
    const { read } = createRunStateReader(folder);
    const line = JSON.stringify(exampleEpoch(2));
    writeFileSync(join(folder, 'epochs.jsonl'), `${JSON.stringify(exampleEpoch(1))}\n${line.slice(0, 20)}`);
    expect(read()?.epochs).toHaveLength(1);
    appendFileSync(join(folder, 'epochs.jsonl'), `${line.slice(20)}\n`);
    expect(read()?.epochs).toHaveLength(2);
  });

  it('parses only what was added, and everything where a file is replaced while it is read', () => {
    const path = join(folder, 'epochs.jsonl');
    const lines = (...epochs: number[]): string =>
      epochs.map((epoch) => `${JSON.stringify(exampleEpoch(epoch))}\n`).join('');
    const { read } = createRunStateReader(folder);
    writeFileSync(path, lines(1, 2));
    const before = read()!.epochs;
    appendFileSync(path, lines(3));
    const after = read()!.epochs;
    expect(after.map(({ epoch }) => epoch)).toEqual([1, 2, 3]);
    expect(after[0]).toBe(before[0]);
    appendFileSync(path, '{"epoch":4}\n');
    expect(read()?.problem).toMatch(
      /epochs\.jsonl, line 4 is not what this version of the bench writes, at /,
    );
    writeFileSync(path, lines(5));
    expect(read()!.epochs.map(({ epoch }) => epoch)).toEqual([5]);
  });

  it('calls a run silent that has not written for a while, by its own clock', () => {
    write('progress.json', exampleProgress({ phase: 'training' }));
    let milliseconds = 0;
    const { read } = createRunStateReader(folder, { now: () => milliseconds });
    expect(read()?.status).toBe('training');
    milliseconds = (silentAfterSeconds + 5) * 1000;
    expect(read()?.status).toBe('silent');
    write('progress.json', exampleProgress({ phase: 'training', step: 9, loss: 0.125 }));
    expect(read()?.status).toBe('training');
    // Whoever writes the files may have a clock that is behind.
    const past = new Date('2001-01-01T00:00:00Z');
    write('progress.json', exampleProgress({ phase: 'training', step: 10, loss: 0.0625 }));
    utimesSync(join(folder, 'progress.json'), past, past);
    expect(read()?.status).toBe('training');
  });

  it('shows an interrupted run that goes on as going on', () => {
    write('result.json', exampleResult({ status: 'interrupted', finishedAt: '2026-03-01T10:00:00.000Z' }));
    write('progress.json', exampleProgress({ phase: 'ended', updatedAt: '2026-03-01T10:00:01.000Z' }));
    const { read } = createRunStateReader(folder);
    expect(read()?.status).toBe('interrupted');
    write('progress.json', exampleProgress({ phase: 'training', updatedAt: '2026-03-01T11:00:00.000Z' }));
    expect(read()?.status).toBe('training');
  });

  it('says what is wrong with a file, in one line, and reads it again when it is mended', () => {
    const { read } = createRunStateReader(folder);
    write('result.json', { schemaVersion: 1, status: 'completed' });
    expect(read()).toMatchObject({ status: 'unreadable' });
    expect(read()?.problem).toMatch(/result\.json has schema version 1, and this bench reads version 2\./);
    write('result.json', { schemaVersion: 2, status: 'completed' });
    expect(read()?.problem).toMatch(/^[^\n]*result\.json is not a run's result, at study: [^\n]*$/);
    writeFileSync(join(folder, 'result.json'), '{');
    expect(read()?.problem).toMatch(/is not valid JSON/);
    write('result.json', exampleResult({}));
    expect(read()).toMatchObject({ status: 'completed' });
  });

  it('ends as stopped when the run has ended without a result', () => {
    write('progress.json', exampleProgress({ phase: 'ended' }));
    mkdirSync(join(folder, 'checkpoint'));
    expect(createRunStateReader(folder).read()?.status).toBe('stopped');
  });
});
