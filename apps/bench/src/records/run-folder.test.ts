import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { EpochRecord } from './epoch-record.js';
import type { Experiment } from '../experiment/experiment-schema.js';
import { resolveExperiment } from '../experiment/resolve-experiment.js';
import { openRunFolder, type RunFolder } from './run-folder.js';
import { runConfig } from '../experiment/same-run.js';

const experiment = resolveExperiment('quick/softmax');
const record: EpochRecord = {
  epoch: 1,
  steps: 10,
  learningRate: 0.1,
  trainLoss: 1,
  testLoss: 1,
  metrics: { accuracy: 0.5 },
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

/** Opens the folder, does something with it, and lets it go. */
async function open(
  options: { readonly resume?: boolean; readonly force?: boolean; readonly experiment?: Experiment } = {},
  use: (run: RunFolder) => void = () => undefined,
): Promise<void> {
  const run = await openRunFolder(folder, runConfig(options.experiment ?? experiment), {
    resume: false,
    force: false,
    ...options,
  });
  use(run);
  run.close();
}

describe('openRunFolder', () => {
  it('writes the experiment before anything else', async () => {
    await open();
    expect(JSON.parse(readFileSync(join(folder, 'config.json'), 'utf8'))).toEqual(experiment);
  });

  it('leaves files alone that are no run', async () => {
    writeFileSync(join(folder, 'thesis.tex'), '');
    await expect(open({ force: true })).rejects.toThrow(/holds other files/);
  });

  it('goes on only with the same experiment', async () => {
    await open();
    await expect(open()).rejects.toThrow(/--resume/);
    await expect(open({ resume: true, experiment: { ...experiment, seed: 7 } })).rejects.toThrow(
      /holds a run of another experiment/,
    );
    await open({ resume: true }, (run) => {
      run.appendEpoch(record);
    });
    await open({ resume: true }, ({ earlierEpochs }) => {
      expect(earlierEpochs).toEqual([record]);
    });
  });

  it('goes on where only a title or a published number was mended', async () => {
    await open();
    const published = { paper: 'A paper', table: 'Table 1', cell: 'A cell', metric: 'accuracy', value: 0.5 };
    const mended = { ...experiment, title: 'Another title', reproduces: [published] };
    await open({ resume: true, experiment: mended });
    expect(JSON.parse(readFileSync(join(folder, 'config.json'), 'utf8'))).toEqual(mended);
  });

  it('passes over a line that a kill has cut', async () => {
    await open();
    writeFileSync(join(folder, 'epochs.jsonl'), `${JSON.stringify(record)}\n{"epoch":2,"ste`);
    await open({ resume: true }, ({ earlierEpochs }) => {
      expect(earlierEpochs).toEqual([record]);
    });
  });

  it.each(['', '{', '{}', '{"schemaVersion":2}', '{"schemaVersion":3}'])(
    'reads no result from a file that holds %j',
    async (text) => {
      await open();
      writeFileSync(join(folder, 'result.json'), text);
      await expect(open({ resume: true })).rejects.toThrow(
        /result\.json (is not|has schema version 3)[ ,].*--force/,
      );
    },
  );

  it('is for one process at a time, and says which has it', async () => {
    const run = await openRunFolder(folder, runConfig(experiment), { resume: false, force: false });
    await expect(open({ force: true })).rejects.toThrow(
      new RegExp(`is being written by process ${process.pid} on .*--out`),
    );
    run.close();
    await open({ force: true });
  });

  it('is taken over when the process that had it is gone', async () => {
    await open();
    const gone = { process: 2 ** 22 + 1, began: '1', host: hostname(), beat: 3 };
    writeFileSync(join(folder, 'lock.json'), JSON.stringify(gone));
    await open({ resume: true });
  });

  it('writes nothing into a folder that was deleted meanwhile', async () => {
    const run = await openRunFolder(folder, runConfig(experiment), { resume: false, force: false });
    rmSync(folder, { recursive: true });
    expect(() => {
      run.appendEpoch(record);
    }).toThrow(/was deleted or taken over/);
    expect(existsSync(folder)).toBe(false);
    run.close();
  });
});
