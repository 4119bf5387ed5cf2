import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Experiment } from '../src/experiment/experiment-schema.js';
import { runResultSchema } from '../src/records/run-result.js';
import { type ReturnedFiles, returnedFileNames } from '../src/sweep/returned-files.js';
import type { Runner } from '../src/sweep/run-task.js';

/** The files of a finished run of one epoch. */
export function fakeFiles({ study, name, title, seed, ...rest }: Experiment): ReturnedFiles {
  const epoch = {
    ...{ epoch: 1, steps: 1, learningRate: 0.1, trainLoss: 1, testLoss: 1, metrics: { accuracy: 0.5 } },
    ...{ trainSeconds: 1, testSeconds: 1, imagesPerSecond: 1 },
  };
  const result = {
    ...{ schemaVersion: 2, status: 'completed', study, name, title, seed, configuration: '0' },
    ...{ task: 'classification', metric: { name: 'accuracy', higherIsBetter: true }, reproduces: [] },
    ...{ parameters: 1, epochs: 1, steps: 1, final: epoch, best: epoch },
    history: { trainLoss: [1], testLoss: [1], accuracy: [0.5] },
    ...{ seconds: 1, imagesPerSecond: 1 },
    ...{ startedAt: '2026-01-01T00:00:00.000Z', finishedAt: '2026-01-01T00:00:01.000Z' },
    environment: {
      ...{ commit: null, dirty: null, bench: '0', tfjs: '0', tensorflow: null, node: '0', platform: '-' },
      ...{ cpu: '-', cores: 1, mode: 'graph' },
    },
  };
  return {
    'config.json': JSON.stringify({ study, name, title, seed, ...rest }),
    'environment.json': '{}',
    'epochs.jsonl': `${JSON.stringify(epoch)}\n`,
    'result.json': JSON.stringify(result),
  };
}

/** Runs that take no time, in this process. With a reason, each is refused for it. */
export function fakeRunner(refuses?: string): Runner {
  return ({ folder, experiment }) => {
    if (refuses !== undefined) return Promise.resolve({ status: 'refused', reason: refuses });
    const files = fakeFiles(experiment);
    mkdirSync(folder, { recursive: true });
    for (const name of returnedFileNames) {
      const text = files[name];
      if (text !== undefined) writeFileSync(join(folder, name), text);
    }
    const result = runResultSchema.parse(JSON.parse(files['result.json'] ?? ''));
    return Promise.resolve({ status: 'finished', result });
  };
}
