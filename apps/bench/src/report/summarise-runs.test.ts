import { describe, expect, it } from 'vitest';
import type { FoundRun } from '../records/find-runs.js';
import {
  drawSyntheticRuns,
  exampleExperiments,
  type SyntheticExperiment,
} from '../../test/synthetic-runs.js';
import type { RunFiles } from './read-run-files.js';
import { divergedRows, scopeText } from './row-text.js';
import { summariseRuns } from './summarise-runs.js';

const experiment: SyntheticExperiment = {
  study: 'study',
  name: 'name',
  title: 'Title',
  seeds: 3,
  level: 0.5,
};
const noFiles: RunFiles = { config: () => undefined, evaluation: () => undefined, environment: () => ({}) };

function draw(changes: Partial<SyntheticExperiment> = {}, folder = '/runs'): FoundRun[] {
  return drawSyntheticRuns({ ...experiment, ...changes }).map(({ result }) => ({
    folder: `${folder}/${result.study}/${result.name}/${result.seed}`,
    result,
  }));
}

function summarise(runs: readonly FoundRun[], files = noFiles): ReturnType<typeof summariseRuns> {
  return summariseRuns({ runs, unfinished: [], unreadable: [] }, files);
}

describe('summariseRuns', () => {
  it('averages the seeds of a configuration, final and best apart', () => {
    const runs = draw();
    const report = summarise(runs);
    const [row] = report.studies[0]!.tables[0]!.rows;
    const finals = runs.map(({ result }) => result.final!.metrics.accuracy!);
    const bests = runs.map(({ result }) => result.best!.metrics.accuracy!);
    const mean = (values: readonly number[]): number =>
      values.reduce((sum, value) => sum + value, 0) / values.length;
    expect(row!.final).toMatchObject({ n: 3 });
    expect(row!.final.mean).toBeCloseTo(mean(finals), 14);
    expect(row!.best.mean).toBeCloseTo(mean(bests), 14);
    expect(row!.best.mean).toBeGreaterThan(row!.final.mean);
    expect(report.leftOut).toEqual([]);
  });

  it('lists diverged and interrupted runs apart, and counts them beside the others', () => {
    const good = summarise(draw({ seeds: 2 })).studies[0]!;
    const report = summarise(draw({ seeds: 4, diverged: [2], interrupted: [3] }));
    expect(report.studies[0]!.tables[0]!.rows[0]!.final).toEqual(good.tables[0]!.rows[0]!.final);
    expect(report.studies[0]!.configurations[0]).toMatchObject({ diverged: 1, unfinished: 1 });
    expect(report.leftOut.map(({ kind, run }) => [kind, run])).toEqual([
      ['diverged', 'study/name, seed 2'],
      ['interrupted', 'study/name, seed 3'],
    ]);
    expect(report.leftOut[0]!.reason).toMatch(/^It diverged: the loss became NaN/);
  });

  it('shows a run in the table of another study where one of its published numbers stands there, and counts it once', () => {
    const published = { paper: 'A paper', cell: '10', metric: 'accuracy', value: 0.5 };
    const shared = draw({
      reproduces: [
        { ...published, table: 'Table 1' },
        { ...published, table: 'Table 3', study: 'third' },
      ],
    });
    const report = summarise([...shared, ...draw({ study: 'third', name: 'other', diverged: [0] })]);
    const tables = report.studies.map(({ name, tables: [table] }) => [
      name,
      table!.rows.map(({ configuration, published: row }) => [configuration.name, row?.table]),
    ]);
    expect(tables).toEqual([
      ['study', [['name', 'Table 1']]],
      [
        'third',
        [
          ['name', 'Table 3'],
          ['other', undefined],
        ],
      ],
    ]);
    expect(report.leftOut).toHaveLength(1);
    expect(scopeText(report)).toMatch(/^5 completed runs of 2 configurations in 2 studies/);
  });

  it('keeps a row for what diverged with every seed, beside its published number', () => {
    const published = { paper: 'A paper', table: 'Table 5', cell: 'MSE', metric: 'accuracy', value: 0.4 };
    const gone = draw({ name: 'gone', title: 'Gone', diverged: [0, 1, 2], reproduces: [published] });
    const [study] = summarise([...draw(), ...gone]).studies;
    expect(study!.configurations).toHaveLength(1);
    expect(divergedRows(study!, study!.tables[0]!)).toMatchObject([
      { configuration: 'Gone', ours: 'diverged', published: '40.0', n: 'none, 3 diverged' },
    ]);
  });

  it('makes no table of runs of which none completed', () => {
    const report = summarise(draw({ diverged: [0, 1, 2] }));
    expect(report.studies).toEqual([]);
    expect(report.leftOut).toHaveLength(3);
  });

  it('names runs without a result and results that cannot be read', () => {
    const report = summariseRuns(
      { runs: draw(), unfinished: ['/runs/killed'], unreadable: [{ path: '/runs/bad', reason: 'Bad.' }] },
      noFiles,
    );
    expect(report.leftOut.map(({ kind, path }) => [kind, path])).toEqual([
      ['unreadable', '/runs/bad'],
      ['no result', '/runs/killed'],
    ]);
  });

  it('counts a seed once, by its latest run', () => {
    const runs = draw({ seeds: 2 });
    const { folder, result } = runs[1]!;
    const later = { ...result.final!, metrics: { accuracy: 0.75 } };
    const again: FoundRun = {
      folder: '/again',
      result: { ...result, final: later, finishedAt: '2027-01-01T00:00:00.000Z' },
    };
    const report = summarise([again, ...runs]);
    expect(report.studies[0]!.tables[0]!.rows[0]!.seeds).toEqual([
      { seed: 0, final: runs[0]!.result.final!.metrics.accuracy },
      { seed: 1, final: 0.75 },
    ]);
    expect(report.leftOut).toMatchObject([{ kind: 'repeated', path: folder }]);
  });

  it('sorts studies and configurations as a person counts', () => {
    const names = ['d-100', 'd-3', 'd-25'].flatMap((name) => draw({ name, title: name }));
    const [study] = summarise(names).studies;
    expect(study!.configurations.map(({ label }) => label)).toEqual(['d-3', 'd-25', 'd-100']);
  });

  it('never averages over settings: equal titles get the settings that differ', () => {
    const slow = draw({ settings: { learningRate: 0.01 } }, '/slow');
    const fast = draw({ settings: { learningRate: 0.1, momentum: 0.9 } }, '/fast');
    const configs = new Map([
      ...drawSyntheticRuns({ ...experiment, settings: { learningRate: 0.01 } }).map(
        ({ config }, index): [string, unknown] => [slow[index]!.folder, config],
      ),
      ...drawSyntheticRuns({ ...experiment, settings: { learningRate: 0.1, momentum: 0.9 } }).map(
        ({ config }, index): [string, unknown] => [fast[index]!.folder, config],
      ),
    ]);
    const labels = (files: RunFiles): string[] =>
      summarise([...slow, ...fast], files).studies[0]!.configurations.map(({ label }) => label);
    expect(labels({ ...noFiles, config: (folder) => configs.get(folder) }).sort()).toEqual([
      'Title (training.learningRate = 0.01, training.momentum = absent)',
      'Title (training.learningRate = 0.1, training.momentum = 0.9)',
    ]);
    // Without their config.json, by the digest.
    expect(new Set(labels(noFiles)).size).toBe(2);
  });

  it('gives every metric a table, in its own scale', () => {
    const runs = draw({ task: 'joint' }).map(({ folder, result }) => ({
      folder,
      result: {
        ...result,
        final: { ...result.final!, metrics: { accuracy: 0.5, meanAbsoluteError: 65.2 } },
        best: { ...result.best!, metrics: { accuracy: 0.6, meanAbsoluteError: 66 } },
      },
    }));
    const files: RunFiles = {
      ...noFiles,
      evaluation: () => ({ schemaVersion: 1, epoch: 1, valueName: 'year', valueUnit: 'years' }),
    };
    const [study] = summarise(runs, files).studies;
    expect(study!.tables.map(({ metric, decimals }) => [metric.title, metric.factor, decimals])).toEqual([
      ['accuracy, %', 100, 1],
      ['mean absolute error, years', 1, 1],
    ]);
    expect(study!.tables[1]!.rows[0]!.best.mean).toBe(66);
  });

  it('sets each published number beside the runs, by the newest of their files', () => {
    const [first] = exampleExperiments;
    const { tables } = summarise(draw(first)).studies[0]!;
    expect(tables[0]!.rows[0]).toMatchObject({
      published: { table: 'Table 1', value: 0.055 },
      comparison: { judgedBy: 'Welch' },
    });
  });
});
