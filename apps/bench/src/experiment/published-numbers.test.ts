import { describe, expect, it } from 'vitest';
import { publishedNumbers } from './published-numbers.js';
import { resolveExperiment } from './resolve-experiment.js';

describe('publishedNumbers', () => {
  it('says all that differs: in the experiment as a whole and beside one number', () => {
    const [published] = publishedNumbers(resolveExperiment('table-1-quick/cifar100-word-vectors-25'));
    expect(published!.differs).toMatch(
      /^ResNet-8 and .* in place of ResNet-32 and 250 epochs\. Vectors of GloVe on their principal axes/,
    );
    expect(published).not.toHaveProperty('comparable');
  });

  it('says nothing where nothing differs', () => {
    const [published] = publishedNumbers(resolveExperiment('table-1/cifar100-hyperspherical-25'));
    expect(published).not.toHaveProperty('differs');
  });
});
