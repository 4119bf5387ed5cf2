import { describe, expect, it } from 'vitest';
import { configurationDigest } from '../experiment/configuration-digest.js';
import { resolveExperiment } from '../experiment/resolve-experiment.js';
import { exampleResult } from '../../test/example-run.js';
import { withCurrentNumbers } from './current-numbers.js';

const name = 'table-5-quick/hyperspherical-s2-0.01';
const experiment = resolveExperiment(name);
const result = exampleResult({
  study: experiment.study,
  name: experiment.name,
  configuration: configurationDigest(experiment),
});

describe('withCurrentNumbers', () => {
  it('sets a run beside the numbers that its experiment names now, with all that differs', () => {
    const { reproduces } = withCurrentNumbers({ folder: '/run', result }).result;
    expect(reproduces).toMatchObject([{ table: 'Table 5', value: 82.9, comparable: false }]);
    expect(reproduces[0]!.differs).toMatch(/^Rotated MNIST and a small convolutional network/);
  });

  it('keeps the numbers of a run of other settings, or of an experiment of its own', () => {
    const other = { ...result, configuration: 'f'.repeat(64) };
    const own = { ...result, study: 'own' };
    for (const run of [other, own])
      expect(withCurrentNumbers({ folder: '/run', result: run }).result).toBe(run);
  });
});
