import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { UserError } from '../records/user-error.js';
import { parseSweep, readSweep } from './read-sweep.js';

const least = { name: 'least', experiments: ['quick/softmax'] };

describe('parseSweep', () => {
  it('needs a name and an experiment, and fills in the rest', () => {
    expect(parseSweep(least, 'least.json')).toEqual({ ...least, grid: {}, seeds: [0], set: {} });
  });

  it.each([
    [{ ...least, jobs: 2 }, /least\.json: Unrecognized key: "jobs"/],
    [{ experiments: ['quick/softmax'] }, /least\.json, at name: /],
    [{ ...least, name: '../up' }, /at name: must be lower-case letters/],
    [{ ...least, experiments: [] }, /at experiments: must name at least one/],
    [{ ...least, seeds: [] }, /at seeds: must hold at least one seed/],
    [{ ...least, seeds: [-1] }, /at seeds\.0: /],
    [
      { ...least, grid: { 'training.epochs': [] } },
      /at grid\.training\.epochs: must hold at least one value/,
    ],
    [{ ...least, grid: { 'training.epochs': 3 } }, /at grid\.training\.epochs: .*expected array/],
    [
      { ...least, grid: { 'training..epochs': [3] } },
      /at grid\.training\.\.epochs: must be the path of a setting/,
    ],
    [{ ...least, set: { 'a=b': 3 } }, /at set\.a=b: must be the path of a setting/],
    [
      { ...least, grid: { 'training.optimizer.learningRate': [0.1, Infinity] } },
      /at grid\.training\.optimizer\.learningRate\.1: must be a JSON value with finite numbers/,
    ],
    [{ ...least, set: { title: [Number.NaN] } }, /at set\.title: must be a JSON value with finite numbers/],
    [{ ...least, grid: { seed: [1, 2] } }, /at grid\.seed: give the seeds in "seeds"/],
    [{ ...least, set: { seed: 1 } }, /at set\.seed: give the seeds in "seeds"/],
    [{ ...least, grid: { title: ['a'] }, set: { title: 'b' } }, /title is in grid and in set/],
  ])('refuses %j', (json, message) => {
    expect(() => parseSweep(json, 'least.json')).toThrow(message);
    expect(() => parseSweep(json, 'least.json')).toThrow(UserError);
  });
});

describe('readSweep', () => {
  it('says that a file is not there', () => {
    expect(() => readSweep('nowhere.json')).toThrow(
      'Cannot read nowhere.json. Give the JSON file of a sweep.',
    );
  });

  it('refuses numbers beyond all range, nesting without end, and what is no file', () => {
    const folder = mkdtempSync(join(tmpdir(), 'read-sweep-'));
    const path = join(folder, 'sweep.json');
    const read = (text: string): string => {
      writeFileSync(path, text);
      try {
        return JSON.stringify(readSweep(path));
      } catch (error) {
        return (error as Error).message;
      }
    };
    const text = JSON.stringify({ ...least, grid: { 'training.epochs': ['@'] } });
    expect(read(text.replace('"@"', '1e999'))).toMatch(
      /at grid\.training\.epochs\.0: must be a JSON value with finite/,
    );
    expect(read(text.replace('"@"', '['.repeat(20_000) + ']'.repeat(20_000)))).toMatch(
      /nested more than 64 levels/,
    );
    expect(read('{oops')).toMatch(/sweep\.json is not valid JSON: /);
    execFileSync('mkfifo', [join(folder, 'pipe')]);
    expect(() => readSweep(join(folder, 'pipe'))).toThrow(/is a named pipe, not a file/);
    rmSync(folder, { recursive: true });
  });
});
