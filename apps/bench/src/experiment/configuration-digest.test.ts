import { describe, expect, it } from 'vitest';
import { configurationDigest } from './configuration-digest.js';
import { resolveExperiment } from './resolve-experiment.js';

const digest = (...set: string[]): string =>
  configurationDigest(resolveExperiment('quick/hyperspherical', { set }));

describe('configurationDigest', () => {
  it('is the same for runs that differ by seed or title alone', () => {
    expect(digest('seed=5', 'title=another')).toBe(digest());
  });

  it('differs with every number that decides a result', () => {
    expect(digest('training.optimizer.momentum=0.8')).not.toBe(digest());
    expect(digest('dataset.limitImages=10')).not.toBe(digest());
  });

  it('does not depend on the order of keys', () => {
    const experiment = resolveExperiment('quick/hyperspherical');
    const { kind, ...rest } = experiment.backbone;
    const turned = { ...experiment, backbone: { ...rest, kind } as typeof experiment.backbone };
    expect(configurationDigest(turned)).toBe(configurationDigest(experiment));
  });
});
