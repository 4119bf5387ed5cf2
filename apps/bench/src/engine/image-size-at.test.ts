import { describe, expect, it } from 'vitest';
import { imageSizeAt } from './image-size-at.js';

const training = {
  progressiveResizing: [
    { untilEpoch: 2, size: 16 },
    { untilEpoch: 3, size: 24 },
  ],
};

describe('imageSizeAt', () => {
  it('gives each epoch the size of the first part that reaches it', () => {
    expect([1, 2, 3].map((epoch) => imageSizeAt(training, epoch))).toEqual([
      [16, 16],
      [16, 16],
      [24, 24],
    ]);
  });

  it('leaves images as they are after the last part, and where there is none', () => {
    expect(imageSizeAt(training, 4)).toBeUndefined();
    expect(imageSizeAt({}, 1)).toBeUndefined();
  });
});
