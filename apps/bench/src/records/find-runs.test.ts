import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { compareNaturally, findRuns } from './find-runs.js';
import {
  drawSyntheticRuns,
  writeSyntheticRuns,
  type SyntheticExperiment,
} from '../../test/synthetic-runs.js';

const experiment: SyntheticExperiment = { study: 'study', name: 'name', seeds: 12, level: 0.5, epochs: 2 };
const [{ result }] = drawSyntheticRuns(experiment) as [ReturnType<typeof drawSyntheticRuns>[number]];
let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'find-runs-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

function writeResult(name: string, text: string): void {
  mkdirSync(join(folder, name), { recursive: true });
  writeFileSync(join(folder, name, 'result.json'), text);
}

describe('findRuns', () => {
  it('finds every folder with a result, in the order of a person who counts', () => {
    writeSyntheticRuns(folder, [experiment]);
    const { runs, unfinished, unreadable } = findRuns(folder);
    expect(runs.map((run) => relative(folder, run.folder))).toEqual(
      Array.from({ length: 12 }, (_, seed) => join('study', 'name', `seed-${seed}`)),
    );
    expect(runs[0]!.result).toEqual(result);
    expect({ unfinished, unreadable }).toEqual({ unfinished: [], unreadable: [] });
  });

  it('takes the folder of one run', () => {
    writeResult('.', JSON.stringify(result));
    expect(findRuns(folder).runs).toHaveLength(1);
  });

  it.each([
    ['cut', JSON.stringify(result).slice(0, 100), 'is not valid JSON: '],
    ['empty', '', 'is not valid JSON'],
    [
      'of version 1',
      JSON.stringify({ ...result, schemaVersion: 1 }),
      'has schema version 1, and this bench reads version 2',
    ],
    ['of version "3"', JSON.stringify({ ...result, schemaVersion: '3' }), 'has schema version "3"'],
    ['without a seed', JSON.stringify({ ...result, seed: undefined }), "is not a run's result, at seed: "],
    ['with a NaN', JSON.stringify({ ...result, seconds: NaN }), "is not a run's result, at seconds: "],
    ['with another key', JSON.stringify({ ...result, more: 1 }), 'Unrecognized key'],
    ['that is a list', '[]', "is not a run's result"],
    ['that is null', 'null', "is not a run's result"],
  ])('never takes a result %s as good, and says what is wrong', (_, text, reason) => {
    writeResult('bad', text);
    writeResult('good', JSON.stringify(result));
    const { runs, unreadable } = findRuns(folder);
    expect(runs.map((run) => run.folder)).toEqual([join(folder, 'good')]);
    expect(unreadable).toEqual([
      { path: join(folder, 'bad', 'result.json'), reason: expect.stringContaining(reason) as string },
    ]);
    expect(unreadable[0]!.reason).toMatch(/result\.json .*[.?]$/);
  });

  it('names runs that have no result yet', () => {
    mkdirSync(join(folder, 'killed'));
    writeFileSync(join(folder, 'killed', 'config.json'), '{}');
    writeFileSync(join(folder, 'killed', 'environment.json'), '{}');
    expect(findRuns(folder)).toEqual({ runs: [], unfinished: [join(folder, 'killed')], unreadable: [] });
  });

  it('goes round in no circle and leaves the folder by no link', () => {
    writeResult('run', JSON.stringify(result));
    symlinkSync(folder, join(folder, 'run', 'up'));
    symlinkSync(tmpdir(), join(folder, 'out'));
    expect(findRuns(folder).runs).toHaveLength(1);
  });

  it('reads a result through a link, as data management leaves them, but no loop and no folder', () => {
    writeResult('kept', JSON.stringify(result));
    for (const name of ['linked', 'loop', 'folder']) mkdirSync(join(folder, name));
    symlinkSync(join(folder, 'kept', 'result.json'), join(folder, 'linked', 'result.json'));
    symlinkSync('result.json', join(folder, 'loop', 'result.json'));
    mkdirSync(join(folder, 'folder', 'result.json'));
    const { runs, unreadable } = findRuns(folder);
    expect(runs.map((run) => relative(folder, run.folder))).toEqual(['kept', 'linked']);
    expect(unreadable.map(({ reason }) => reason)).toEqual([
      `${join(folder, 'folder', 'result.json')} is a folder, not a file.`,
      expect.stringContaining('it is a link to itself'),
    ]);
  });

  it('stops at a depth that no tree of runs has, and says where', () => {
    const deep = Array.from({ length: 18 }, () => 'd').join('/');
    writeResult(deep, JSON.stringify(result));
    const { runs, unreadable } = findRuns(folder);
    expect(runs).toEqual([]);
    expect(unreadable[0]!.reason).toMatch(/lies too deep/);
  });

  it('says when the folder is not there or is a file', () => {
    writeFileSync(join(folder, 'file'), '');
    expect(() => findRuns(join(folder, 'none'))).toThrow(/Cannot read .*none: it does not exist\./);
    expect(() => findRuns(join(folder, 'file'))).toThrow(/Cannot read .*file: it is not a folder\./);
  });
});

describe('compareNaturally', () => {
  it('orders numbers by their size, decimals too, and words as a dictionary does', () => {
    const names = ['seed-10', 'rate-0.5', 'seed-2', 'rate-0.25', 'Alpha', 'rate-0.01', 'seed', 'beta'];
    expect(names.sort(compareNaturally)).toEqual([
      'Alpha',
      'beta',
      'rate-0.01',
      'rate-0.25',
      'rate-0.5',
      'seed',
      'seed-2',
      'seed-10',
    ]);
  });
});
