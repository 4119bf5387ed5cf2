import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test, vi } from 'vitest';
import { compareRuns } from '../report/compare/compare-runs.js';
import { findRuns } from './find-runs.js';
import { drawFigures } from '../report/figures.js';
import { reportJson } from '../report/report-json.js';
import { readRunFiles } from '../report/read-run-files.js';
import { summariseRuns } from '../report/summarise-runs.js';
import { collectResults } from '../report/collect/collect-results.js';
import {
  exampleEpoch,
  exampleEvaluation,
  exampleProgress,
  exampleResult,
  writeExampleRun,
} from '../../test/example-run.js';
import { UserError } from './user-error.js';
import { createRunWatcher } from '../watch/run-watcher.js';

const root = mkdtempSync(join(tmpdir(), 'fuzz-records-'));
const into = mkdtempSync(join(tmpdir(), 'fuzz-into-'));
afterAll(() => {
  vi.restoreAllMocks();
  for (const folder of [root, into]) rmSync(folder, { recursive: true });
});

/** The same numbers in every run of this test. */
let state = 20_260_301;
function random(below: number): number {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return Math.floor((state / 2 ** 32) * below);
}
function pick<T>(items: readonly T[]): T {
  return items[random(items.length)]!;
}

const oddTexts = [
  ...['null', 'true', '-1', '0', '1e999', '-1e999', '1e308', '0.5', '9007199254740993', '""', '[]', '{}'],
  ...['NaN', '[[[[[[[[]]]]]]]]', '{"__proto__":{"a":1}}', '"\\u0000\\u001b[2J"', '"\\ud800"', '"../../etc"'],
  `"${'x'.repeat(10_000)}"`,
  `${'['.repeat(5000)}${']'.repeat(5000)}`,
  `[${'0,'.repeat(20_000)}0]`,
];

/** A document with one part of it changed: a value, a key, or its bytes. */
function mutate(text: string): string {
  const at = random(text.length);
  switch (random(6)) {
    case 0:
      return text.slice(0, at);
    case 1:
      return text.slice(0, at) + String.fromCharCode(random(256)) + text.slice(at + random(3));
    case 2:
      return text.slice(0, at) + text.slice(random(text.length));
    case 3:
      return text.replace(/"(\w+)":/, (key) =>
        random(2) === 0 ? key.replace(/\w/, 'z') : `"more":1,${key}`,
      );
    default: {
      // Most mutations: another value in place of a number or a string.
      const values = [...text.matchAll(/(?<=[:,[]\s*)(?:-?\d[\d.e+-]*|"[^"]*")(?=\s*[,\]}])/g)];
      if (values.length === 0) return pick(oddTexts);
      const { index, 0: old } = pick(values);
      return text.slice(0, index) + pick(oddTexts) + text.slice(index + old.length);
    }
  }
}

test('Whatever becomes of a run’s files, it is read, or named and left out, and the good run next to it is reported', () => {
  const config = {
    study: 'quick',
    name: 'hyperspherical',
    title: 'x',
    seed: 0,
    dataset: { kind: 'cifar10' },
  };
  const write = (name: string): void => {
    writeExampleRun(join(root, name), {
      progress: exampleProgress(),
      epochs: [1, 2, 3].map((epoch) => exampleEpoch(epoch)),
      evaluation: exampleEvaluation(),
      result: exampleResult({ seed: name === 'good' ? 0 : 1 }),
    });
    writeFileSync(join(root, name, 'config.json'), JSON.stringify(config));
    writeFileSync(join(root, name, 'environment.json'), JSON.stringify({ threads: 4, cpu: 'x' }));
  };
  write('good');
  write('bad');
  // What compare prints and says of unreadable files.
  for (const stream of [process.stdout, process.stderr]) vi.spyOn(stream, 'write').mockReturnValue(true);
  const watcher = createRunWatcher(root);
  const files = ['result', 'evaluation', 'config', 'environment', 'progress'].map((name) => `${name}.json`);
  let leftOut = 0;
  for (let round = 0; round < 150; round += 1) {
    const path = join(root, 'bad', pick([...files, 'epochs.jsonl', 'result.json', 'evaluation.json']));
    const whole = readFileSync(path, 'utf8');
    let text = mutate(whole);
    while (random(3) === 0) text = mutate(text);
    writeFileSync(path, text);
    const said: string[] = [];
    const found = findRuns(root);
    const records = readRunFiles([root], (_, reason) => said.push(reason));
    const report = summariseRuns(found, records);
    expect(drawFigures(report).length, text).toBeGreaterThan(0);
    expect(JSON.stringify(reportJson(report, []))).toContain('hyperspherical');
    for (const sentence of [...said, ...found.unreadable.map(({ reason }) => reason)])
      expect(sentence.length).toBeLessThan(1000);
    leftOut += found.unreadable.length;
    expect(found.runs.map(({ folder }) => folder)).toContain(join(root, 'good'));
    collectResults(root, { into, timing: 'beside other work', replace: true });
    try {
      compareRuns(join(root, 'good'), join(root, 'bad'), { at: 'final', runs: root });
    } catch (error) {
      expect(error).toBeInstanceOf(UserError);
    }
    for (const { id } of watcher.poll().runs) watcher.evaluation(id);
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
    writeFileSync(path, whole);
  }
  expect(leftOut).toBeGreaterThan(10);
});
