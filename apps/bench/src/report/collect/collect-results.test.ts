import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { configurationDigest } from '../../experiment/configuration-digest.js';
import { resolveExperiment } from '../../experiment/resolve-experiment.js';
import type { Experiment } from '../../experiment/experiment-schema.js';
import { findRuns } from '../../records/find-runs.js';
import { runResultSchema, type RunResult } from '../../records/run-result.js';
import { exampleEpoch, exampleResult } from '../../../test/example-run.js';
import { collectResults, type Collected } from './collect-results.js';

let folder = '';
let runs = '';
let into = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'collect-'));
  runs = join(folder, 'runs');
  into = join(folder, 'results');
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

interface Run {
  readonly experiment?: Experiment;
  readonly result?: Partial<RunResult>;
  readonly environment?: Record<string, unknown>;
}

/** Writes a run's folder whose files agree, but for what is changed. */
function write({ experiment = ours(), result = {}, environment = {} }: Run = {}, name = 'run'): string {
  const place = join(runs, name);
  const whole = exampleResult({
    study: experiment.study,
    name: experiment.name,
    title: experiment.title,
    seed: experiment.seed,
    configuration: configurationDigest(experiment),
    ...result,
  });
  mkdirSync(place, { recursive: true });
  const put = (file: string, value: unknown): void => {
    writeFileSync(join(place, file), JSON.stringify(value));
  };
  put('config.json', experiment);
  put('environment.json', { ...whole.environment, ...environment });
  put('result.json', whole);
  put('evaluation.json', { large: 'x'.repeat(20_000) });
  for (let epoch = 1; epoch <= whole.epochs; epoch += 1)
    appendFileSync(join(place, 'epochs.jsonl'), `${JSON.stringify(exampleEpoch(epoch))}\n`);
  return place;
}

function ours(...set: string[]): Experiment {
  return resolveExperiment('quick/softmax', { set: ['training.epochs=3', ...set] });
}

function collect(options: Partial<Parameters<typeof collectResults>[1]> = {}): Collected {
  return collectResults(runs, { into, timing: 'alone', replace: false, ...options });
}

function reason(): string {
  const { refused, collected } = collect();
  expect(collected).toEqual([]);
  expect(refused).toHaveLength(1);
  return refused[0]!.reason;
}

const kept = ['config.json', 'environment.json', 'result.json'];

describe('collectResults', () => {
  it('keeps a few kilobytes of a run, which read as the run itself does', () => {
    write({ environment: { threads: 1, engine: { backend: 'tensorflow', folder: '/home/somebody/cache' } } });
    expect(collect()).toMatchObject({ collected: [{ state: 'new' }], refused: [], unfinished: [] });
    const place = join(into, 'quick', 'softmax', 'seed-0');
    expect(readdirSync(place).sort()).toEqual(kept);
    const [copy] = findRuns(into).runs;
    expect(copy!.result).toEqual(findRuns(runs).runs[0]!.result);
    expect(kept.reduce((sum, file) => sum + statSync(join(place, file)).size, 0)).toBeLessThan(6000);
    const environment = readFileSync(join(place, 'environment.json'), 'utf8');
    expect(JSON.parse(environment)).toMatchObject({
      threads: 1,
      timing: 'alone',
      engine: { backend: 'tensorflow' },
    });
    expect(environment).not.toContain('/home');
  });

  it('writes histories on one line each', () => {
    write();
    collect();
    const text = readFileSync(join(into, 'quick', 'softmax', 'seed-0', 'result.json'), 'utf8');
    expect(text).toContain(`"accuracy": [${[0.5, 0.75, 1 - 0.5 / 3].join(', ')}]`);
    expect(runResultSchema.parse(JSON.parse(text)).epochs).toBe(3);
  });

  it('changes nothing the second time', () => {
    write();
    collect();
    expect(collect().collected).toMatchObject([{ state: 'unchanged' }]);
  });

  it('keeps a diverged run', () => {
    write({ result: { status: 'diverged', reason: 'the loss became NaN' } });
    expect(collect().collected).toHaveLength(1);
  });

  it('leaves runs that have no result yet', () => {
    const place = write();
    rmSync(join(place, 'result.json'));
    expect(collect()).toEqual({ collected: [], refused: [], unfinished: [place] });
  });

  it.each<[string, Run, RegExp]>([
    [
      'did not end',
      { result: { status: 'interrupted', reason: 'stopped' } },
      /run did not end: stopped; go on/,
    ],
    [
      'has other settings than its result',
      { result: { configuration: 'f'.repeat(64) } },
      /has configuration ff.*edited/,
    ],
    [
      'has another seed than its result',
      { result: { seed: 9 } },
      /has seed 9, and config\.json 0; one of them/,
    ],
    [
      'has fewer epochs than its settings',
      { experiment: ours('training.epochs=5') },
      /completed 3 epochs, and config\.json asks for 5/,
    ],
    [
      'was elsewhere than its result',
      { environment: { cpu: 'another' } },
      /has cpu a processor, and environment\.json another/,
    ],
    [
      'used a part of the data',
      { experiment: ours('dataset.limitImages=100') },
      /used 100 images of each split only: a trial/,
    ],
  ])('refuses a run that %s', (_, run, expected) => {
    write(run);
    expect(reason()).toMatch(expected);
  });

  it('refuses a result that was changed as a whole, by its epochs', () => {
    const place = write();
    const edited = findRuns(runs).runs[0]!.result;
    // Better everywhere, so that the result agrees with itself.
    const better = (values: readonly number[]): number[] => values.map((value) => value + 0.01);
    const raise = (record: NonNullable<RunResult['final']>): typeof record => ({
      ...record,
      metrics: { accuracy: record.metrics.accuracy! + 0.01 },
    });
    writeFileSync(
      join(place, 'result.json'),
      JSON.stringify({
        ...edited,
        history: { ...edited.history, accuracy: better(edited.history.accuracy!) },
        final: raise(edited.final!),
        best: raise(edited.best!),
      }),
    );
    expect(reason()).toMatch(
      /epochs\.jsonl says accuracy 0\.5 of epoch 1, and result\.json 0\.51; one of them/,
    );
    rmSync(join(place, 'epochs.jsonl'));
    expect(reason()).toMatch(/epochs\.jsonl is not there: the result cannot be checked/);
  });

  it('refuses a result that contradicts itself, and collects the others', () => {
    const place = write();
    const result = findRuns(runs).runs[0]!.result;
    writeFileSync(join(place, 'result.json'), JSON.stringify({ ...result, epochs: 2 }));
    write({ experiment: { ...ours(), seed: 1 } }, 'other');
    const outcome = collect();
    expect(outcome.collected).toMatchObject([{ state: 'new' }]);
    expect(outcome.refused[0]!.reason).toMatch(/3 values for 2 epochs; it seems edited/);
  });

  it('replaces a result only when it is told to', () => {
    write();
    collect();
    rmSync(runs, { recursive: true });
    write({ result: { seconds: 31 } });
    expect(reason()).toMatch(/holds another run's result\. Keep the first, or replace it with --replace/);
    expect(collect({ replace: true }).collected).toMatchObject([{ state: 'replaced' }]);
    expect(findRuns(into).runs[0]!.result.seconds).toBe(31);
  });

  it('keeps one configuration under a name', () => {
    write();
    collect();
    rmSync(runs, { recursive: true });
    write({ experiment: { ...ours('training.batchSize=64'), seed: 1 } });
    expect(reason()).toMatch(
      /has other settings than .*seed-0: training\.batchSize \(128, here 64\)\. Give the experiment a name of its own/,
    );
  });
});
