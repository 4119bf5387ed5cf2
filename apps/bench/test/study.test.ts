import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunResult, runResultSchema } from '../src/records/run-result.js';
import { runBench } from './run-bench.js';
import { writeSyntheticCifar10 } from './synthetic-cifar10.js';

let folder = '';
let data = '';
let experiment = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'bench-study-'));
  data = join(folder, 'data');
  experiment = join(folder, 'own.json');
  writeSyntheticCifar10(data, 60);
  // The second part of an epoch is a short batch and its first two epochs have smaller images, so that there are four graphs; learned
  // vectors and Adam have state of their own.
  const settings = {
    extends: 'quick/hyperspherical',
    study: 'own',
    name: 'killed',
    title: 'killed',
    head: { kind: 'cosine-classifier', prototypes: { method: 'auto', dimensions: 4 }, learned: true },
    training: {
      epochs: 3,
      batchSize: 64,
      optimizer: { kind: 'adam', learningRate: 0.003 },
      reduction: 'mean',
      progressiveResizing: [{ untilEpoch: 2, size: 16 }],
    },
    reproduces: [
      {
        paper: 'Nobody 2026',
        table: 'Table 1',
        cell: 'killed',
        metric: 'accuracy',
        value: 0.5,
        deviation: 0.1,
      },
    ],
  };
  writeFileSync(experiment, JSON.stringify(settings));
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

function command(out: string): string[] {
  return ['run', experiment, '--data-folder', data, '--out', out, '--reporter', 'jsonl'];
}

function numbers(out: string): unknown {
  const { history, steps, status, final }: RunResult = runResultSchema.parse(
    JSON.parse(readFileSync(join(out, 'result.json'), 'utf8')),
  );
  return { history, steps, status, metrics: final?.metrics };
}

describe('a study that is killed on the way', () => {
  it('ends with the numbers of an undisturbed one wherever the kill falls, and is reported', async () => {
    const whole = join(folder, 'runs', 'whole');
    expect((await runBench(command(whole))).code).toBe(0);
    const expected = numbers(whole);

    // In the middle of an epoch, while testing, and between two epochs.
    for (const [index, moment] of [
      '"epoch":2,"step":3',
      '"evaluation-start","epoch":2',
      '"epoch-end"',
    ].entries()) {
      const cut = join(folder, 'runs', `cut-${index}`);
      const killed = await runBench(command(cut), {
        onStderr(text, kill) {
          if (text.includes(moment)) kill('SIGKILL');
        },
      });
      expect(killed.code).toBe(null);
      const resumed = await runBench([...command(cut), '--resume']);
      expect({ code: resumed.code, stderr: resumed.stderr }).toMatchObject({ code: 0 });
      expect(numbers(cut)).toEqual(expected);
    }

    const report = join(folder, 'report');
    const reported = await runBench([
      'report',
      join(folder, 'runs'),
      '--out',
      report,
      '--format',
      'markdown',
      '--json',
    ]);
    expect({ code: reported.code, stderr: reported.stderr }).toMatchObject({ code: 0 });
    const markdown = readFileSync(join(report, 'report.md'), 'utf8');
    expect(markdown).toContain('killed');
    expect(markdown).toContain('50.0');
  });
});
