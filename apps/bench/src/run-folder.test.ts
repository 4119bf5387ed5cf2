import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { EpochRecord } from './epoch-record.js';
import { parseExperiment } from './parse-experiment.js';
import { openRunFolder } from './run-folder.js';

const experiment = parseExperiment(
  JSON.parse(readFileSync(new URL('../experiments/quick/softmax.json', import.meta.url), 'utf8')),
  'softmax.json',
);
const record: EpochRecord = {
  epoch: 1,
  steps: 10,
  learningRate: 0.1,
  trainLoss: 1,
  testLoss: 1,
  testAccuracy: 0.5,
  trainSeconds: 1,
  testSeconds: 1,
  imagesPerSecond: 100,
};

let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'run-folder-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe('openRunFolder', () => {
  it('writes the experiment before anything else', () => {
    openRunFolder(folder, experiment, { resume: false, force: false });
    expect(JSON.parse(readFileSync(join(folder, 'config.json'), 'utf8'))).toEqual(experiment);
  });

  it('leaves files alone that are no run', () => {
    writeFileSync(join(folder, 'thesis.tex'), '');
    expect(() => openRunFolder(folder, experiment, { resume: false, force: true })).toThrow(
      /holds other files/,
    );
  });

  it('goes on only with the same experiment', () => {
    openRunFolder(folder, experiment, { resume: false, force: false });
    expect(() => openRunFolder(folder, experiment, { resume: false, force: false })).toThrow(/--resume/);
    expect(() => openRunFolder(folder, { ...experiment, seed: 7 }, { resume: true, force: false })).toThrow(
      /holds a run of another experiment/,
    );
    openRunFolder(folder, experiment, { resume: true, force: false }).appendEpoch(record);
    expect(openRunFolder(folder, experiment, { resume: true, force: false }).earlierEpochs).toEqual([record]);
  });

  it('passes over a line that a kill has cut', () => {
    const run = openRunFolder(folder, experiment, { resume: false, force: false });
    run.appendEpoch(record);
    writeFileSync(join(folder, 'epochs.jsonl'), `${JSON.stringify(record)}\n{"epoch":2,"ste`);
    expect(openRunFolder(folder, experiment, { resume: true, force: false }).earlierEpochs).toEqual([record]);
  });

  it.each(['', '{', '{}', '{"schemaVersion":2}'])('reads no result from a file that holds %j', (text) => {
    openRunFolder(folder, experiment, { resume: false, force: false });
    writeFileSync(join(folder, 'result.json'), text);
    expect(() => openRunFolder(folder, experiment, { resume: true, force: false })).toThrow(
      /result.json is not .*--force/,
    );
  });
});
