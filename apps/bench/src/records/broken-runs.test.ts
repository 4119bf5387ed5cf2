import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { findRuns } from './find-runs.js';
import { readRunFiles } from '../report/read-run-files.js';
import { summariseRuns } from '../report/summarise-runs.js';
import { drawFigures } from '../report/figures.js';
import { createRunWatcher } from '../watch/run-watcher.js';
import { exampleEpoch, exampleResult } from '../../test/example-run.js';

let root = '';

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'broken-runs-'));
  write('good', 'result.json', JSON.stringify(exampleResult({})));
});

afterEach(() => {
  rmSync(root, { recursive: true });
});

function write(run: string, name: string, text: string): void {
  mkdirSync(join(root, run), { recursive: true });
  writeFileSync(join(root, run, name), text);
}

const nested = `${'['.repeat(20_000)}${']'.repeat(20_000)}`;

describe('a broken run among good ones', () => {
  test.each<[string, (path: string) => void, string]>([
    ['a named pipe', (path) => execFileSync('mkfifo', [path]), 'is a named pipe, not a file'],
    [
      'a link to a device',
      (path) => {
        symlinkSync('/dev/zero', path);
      },
      'is a link that leads out of',
    ],
    [
      'a link out of the folder',
      (path) => {
        symlinkSync('/proc/version', path);
      },
      'is a link that leads out of',
    ],
    [
      '20,000 levels deep',
      (path) => {
        writeFileSync(path, `{"schemaVersion":${nested}}`);
      },
      'is nested more than 64 levels deep',
    ],
  ])('is named and left out where its result is %s', (_, make, reason) => {
    mkdirSync(join(root, 'bad'));
    make(join(root, 'bad', 'result.json'));
    const found = findRuns(root);
    expect(found.runs.map(({ folder }) => folder)).toEqual([join(root, 'good')]);
    expect(found.unreadable).toEqual([
      { path: join(root, 'bad', 'result.json'), reason: expect.stringContaining(reason) as string },
    ]);
    expect(
      summariseRuns(
        found,
        readRunFiles([root], () => undefined),
      ).studies,
    ).toHaveLength(1);
    const views = createRunWatcher(root).poll().runs;
    expect(views.map(({ path, status }) => [path, status])).toEqual([
      ['bad', 'unreadable'],
      ['good', 'completed'],
    ]);
    expect(views[0]!.explanation).toContain(reason);
  });

  test.each(['config.json', 'environment.json', 'evaluation.json'])(
    'is reported without %s where that is no file, too deep or elsewhere',
    (name) => {
      const path = join(root, 'good', name);
      for (const make of [
        () => execFileSync('mkfifo', [path]),
        () => {
          writeFileSync(path, nested);
        },
        () => {
          symlinkSync('/etc/passwd', path);
        },
      ]) {
        make();
        const said: string[] = [];
        const files = readRunFiles([root], (_, reason) => said.push(reason));
        drawFigures(summariseRuns(findRuns(root), files));
        files.config(join(root, 'good'));
        expect(new Set(said).size).toBe(1);
        expect(said[0]).toMatch(/^\S+ is .*\. It is left out\.$/);
        rmSync(path);
      }
    },
  );
});

test('A run of 200,000 epochs is reported like any other', () => {
  const epochs = 200_000;
  const [final, best] = [exampleEpoch(epochs), exampleEpoch(epochs)];
  const column = (value: number): number[] => Array.from({ length: epochs }, () => value);
  const { trainLoss, testLoss, metrics } = final;
  const history = {
    trainLoss: column(trainLoss),
    testLoss: column(testLoss),
    ...Object.fromEntries(Object.entries(metrics).map(([name, value]) => [name, column(value)])),
  };
  write(
    'long',
    'result.json',
    JSON.stringify({ ...exampleResult({}), seed: 7, epochs, final, best, history }),
  );
  const found = findRuns(root);
  expect(found.unreadable).toEqual([]);
  const figures = drawFigures(
    summariseRuns(
      found,
      readRunFiles([root], () => undefined),
    ),
  );
  expect(figures.length).toBeGreaterThan(0);
});

test('Links within the folder that was given are read', () => {
  cpSync(join(root, 'good'), join(root, 'other'), { recursive: true });
  write('good', 'config.json', '{"title":"linked"}');
  symlinkSync(join('..', 'good', 'config.json'), join(root, 'other', 'config.json'));
  expect(readRunFiles([root], () => undefined).config(join(root, 'other'))).toEqual({ title: 'linked' });
  expect(readFileSync(join(root, 'other', 'result.json'), 'utf8')).not.toBe('');
});
