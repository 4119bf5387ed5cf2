import { describe, expect, it } from 'vitest';
import { imageReadingOf } from './image-reading.js';
import { modelDescriptionSchema } from './model-description.js';

const model = {
  ...{ schemaVersion: 1, name: 'a', title: 'A', task: 'classification', dataset: 'image-folder' },
  backbone: { kind: 'mlp', outputDimensions: 2 },
  head: { kind: 'prototype-classifier' },
  imageShape: [8, 6, 3],
  images: imageReadingOf([8, 6, 3]),
  normalise: { mean: [0, 0, 0], standardDeviation: [1, 1, 1] },
};

describe('modelDescriptionSchema', () => {
  it('takes what the bench writes, and models of earlier versions, which do not say how images are read', () => {
    expect(modelDescriptionSchema.parse(model)).toEqual(model);
    const { images, ...before } = model;
    expect(images.color).toBe('rgb');
    expect(modelDescriptionSchema.parse(before)).toEqual(before);
  });

  it.each<[string, object, string]>([
    [
      'a deviation of 0',
      { normalise: { mean: [0, 0, 0], standardDeviation: [1, 0, 1] } },
      'standardDeviation',
    ],
    ['too few means', { normalise: { mean: [0], standardDeviation: [1] } }, 'normalise has 1 means'],
    ['another kernel', { images: { ...model.images, kernel: 'cubic' } }, 'kernel'],
    [
      'another size',
      { images: { ...model.images, size: [6, 8] } },
      'images.size is 6 x 8, and imageShape is 8 x 6 x 3',
    ],
    ['gray for three channels', { images: { ...model.images, color: 'gray' } }, 'images.color is gray'],
    ['no pixels', { imageShape: [0, 6, 3] }, 'imageShape'],
  ])('refuses %s', (_name, change, message) => {
    const { error } = modelDescriptionSchema.safeParse({ ...model, ...change });
    expect(error?.message).toContain(message);
  });
});
