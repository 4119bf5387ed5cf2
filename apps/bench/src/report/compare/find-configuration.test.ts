import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { bundledDigest } from '../../experiment/bundled-digest.js';
import { drawSyntheticRuns } from '../../../test/synthetic-runs.js';
import { findConfiguration, type Side } from './find-configuration.js';

let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'find-configuration-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** Runs of quick/softmax: with the settings that it comes with, or with others. */
function write(place: string, configuration?: string, study?: string): void {
  const published = { paper: 'A paper', table: 'Table 3', cell: 'A cell', metric: 'accuracy', value: 0.5 };
  const reproduces = study === undefined ? [] : [{ ...published, study }];
  const experiment = { study: 'quick', name: 'softmax', seeds: 2, level: 0.5, reproduces };
  for (const { result, config } of drawSyntheticRuns({ ...experiment, settings: { place } })) {
    const path = join(folder, place, `seed-${result.seed}`);
    mkdirSync(path, { recursive: true });
    writeFileSync(join(path, 'config.json'), JSON.stringify(config));
    writeFileSync(
      join(path, 'result.json'),
      JSON.stringify({ ...result, configuration: configuration ?? result.configuration }),
    );
  }
}

function find(name = 'quick/softmax'): Side {
  const files = { config: () => undefined, evaluation: () => undefined, environment: () => ({}) };
  return findConfiguration(name, { runsFolder: folder, files });
}

describe('findConfiguration', () => {
  it('takes the experiment with its own settings where a sweep has left runs with others', () => {
    write('own', bundledDigest('quick/softmax'));
    write('rate-0.1');
    write('rate-0.4');
    expect(find().configuration.digest).toBe(bundledDigest('quick/softmax'));
  });

  it('takes runs with other settings where they are all that there is', () => {
    write('rate-0.1');
    expect(find().configuration.runs).toHaveLength(2);
    write('rate-0.4');
    expect(() => find()).toThrow(/quick\/softmax holds runs of 2 configurations: .*Give the folder of one\./);
  });

  it('still asks where a folder holds several', () => {
    write('own', bundledDigest('quick/softmax'));
    write('rate-0.1');
    expect(() => find(folder)).toThrow(/holds runs of 2 configurations/);
  });

  it("counts runs once that another study's table shows too", () => {
    write('own', undefined, 'another');
    expect(find()).toMatchObject({ study: 'quick', configuration: { name: 'softmax' } });
  });
});
