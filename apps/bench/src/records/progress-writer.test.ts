import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { runProgressSchema, type RunProgress } from './run-progress.js';
import { exampleEpoch, exampleResult } from '../../test/example-run.js';
import type { TrainingEvent } from './training-event.js';
import { createProgressWriter } from './progress-writer.js';

let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bench-progress-'));
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
  rmSync(folder, { recursive: true, force: true });
});

const start = (): TrainingEvent => ({
  kind: 'run-start',
  title: 'softmax',
  seed: 3,
  metric: { name: 'accuracy', higherIsBetter: true },
  folder,
  epochs: 2,
  stepsPerEpoch: 10,
  batchSize: 100,
  trainImages: 1000,
  testImages: 100,
  parameters: 42,
});
const step = (index: number): TrainingEvent => ({
  kind: 'step-end',
  epoch: 1,
  step: index,
  images: 100,
  seconds: 0.4,
  loss: 0.5,
  learningRate: 0.1,
});

function read(): RunProgress {
  return runProgressSchema.parse(JSON.parse(readFileSync(join(folder, 'progress.json'), 'utf8')));
}

describe('createProgressWriter', () => {
  it('writes about once a second, and when the phase changes', () => {
    const writer = createProgressWriter();
    writer.report(start());
    expect(read()).toMatchObject({ phase: 'starting', seed: 3, process: process.pid });
    const steps: number[] = [];
    for (let index = 1; index <= 10; index += 1) {
      vi.advanceTimersByTime(400);
      writer.report(step(index));
      steps.push(read().step);
    }
    expect(new Set(steps).size).toBeGreaterThanOrEqual(4);
    expect(new Set(steps).size).toBeLessThanOrEqual(6);
    writer.report({ kind: 'evaluation-start', epoch: 1 });
    expect(read()).toMatchObject({ phase: 'evaluating', epoch: 1, step: 10, learningRate: 0.1 });
    writer.report({ kind: 'epoch-end', record: exampleEpoch(1) });
    expect(read().phase).toBe('training');
    writer.report({ kind: 'run-end', result: exampleResult() });
    expect(read().phase).toBe('ended');
    writer.close();
    expect(readdirSync(folder)).toEqual(['progress.json']);
  });

  it('gives a sign of life during a long test', () => {
    const writer = createProgressWriter();
    writer.report(start());
    writer.report({ kind: 'evaluation-start', epoch: 1 });
    const { updatedAt } = read();
    vi.advanceTimersByTime(5000);
    expect(Date.parse(read().updatedAt) - Date.parse(updatedAt)).toBeGreaterThanOrEqual(4000);
    writer.close();
    expect(read().phase).toBe('ended');
  });

  it('neither stops a run nor makes its folder again when the folder is gone', () => {
    const writer = createProgressWriter();
    writer.report(start());
    rmSync(folder, { recursive: true });
    vi.advanceTimersByTime(2000);
    writer.report(step(1));
    writer.close();
    expect(() => readdirSync(folder)).toThrow('ENOENT');
  });
});
