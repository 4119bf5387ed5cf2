import { describe, expect, it } from 'vitest';
import '../test/backends.js';
import { threeDirections } from '../test/sample-prototypes.js';
import { checkTargets } from './check-targets.js';
import { jointHead } from './joint-head.js';
import { linearRegressor } from './linear-regressor.js';
import { prototypeClassifier } from './prototype-classifier.js';
import { prototypeRegressor } from './prototype-regressor.js';
import { softmaxClassifier } from './softmax-classifier.js';

const bounds = { lower: 0, upper: 10 };

describe('checkTargets', () => {
  it('names the first label that is out of range, and its position', async () => {
    const head = prototypeClassifier({ prototypes: threeDirections });
    await expect(checkTargets(head, [0, 1, 3])).rejects.toThrow(
      'label 3 at position 2 must be an integer from 0 to 2',
    );
    await expect(
      checkTargets(softmaxClassifier({ classes: 2, ignoredLabel: 9 }), [0, 9]),
    ).resolves.toBeUndefined();
  });

  it('warns once of targets beyond the bounds, or refuses them when strict', async () => {
    const head = prototypeRegressor({ bounds });
    const warnings: string[] = [];
    const onWarning = (message: string) => warnings.push(message);
    await checkTargets(head, [1, 11, -2], { onWarning });
    expect(warnings).toEqual(['target 11 at position 1 lies outside its bounds, 0 to 10 (and 1 more)']);
    await expect(checkTargets(head, [1, 11], { strict: true })).rejects.toThrow(
      'target 11 at position 1 lies outside its bounds, 0 to 10',
    );
    await expect(checkTargets(head, [1, NaN])).rejects.toThrow(
      'target NaN at position 1 must be a finite number',
    );
  });

  it('knows the bounds of each of several targets', async () => {
    const head = prototypeRegressor({ bounds: [bounds, { lower: -1, upper: 1 }] });
    await expect(checkTargets(head, [5, 0, 5, 2], { strict: true })).rejects.toThrow(
      'target 2 at position 3 lies outside its bounds, -1 to 1',
    );
  });

  it('checks both tasks of a joint head, and only finiteness for a linear one', async () => {
    const joint = jointHead({ prototypes: threeDirections, bounds });
    await expect(checkTargets(joint, { labels: [0, 5], values: [1, 2] })).rejects.toThrow(
      'label 5 at position 1',
    );
    await expect(checkTargets(joint, { labels: [0], values: [12] }, { strict: true })).rejects.toThrow(
      'target 12',
    );
    await expect(checkTargets(joint, [1])).rejects.toThrow(
      'targets of a joint head must be { labels, values }',
    );
    await expect(checkTargets(linearRegressor(), [1e9])).resolves.toBeUndefined();
    await expect(checkTargets(linearRegressor(), { labels: [0], values: [0] })).rejects.toThrow(
      'targets of a linear-regressor must be an array of numbers',
    );
  });
});
