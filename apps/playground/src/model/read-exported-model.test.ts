import { type HeadConfiguration, headFromJSON } from '@hyperspherical/heads';
import { describe, expect, it } from 'vitest';
import { imageReadingOf } from '../../../bench/src/records/image-reading.js';
import { readExportedModel } from './read-exported-model.js';

const model = {
  format: 'graph-model',
  modelTopology: { node: [] },
  weightsManifest: [{ paths: ['weights.bin'], weights: [{ name: 'a', shape: [2, 3], dtype: 'float32' }] }],
};
const head = {
  schemaVersion: 1,
  title: 'Digits',
  imageShape: [28, 28, 1],
  images: imageReadingOf([28, 28, 1]),
  normalise: { mean: [0.13], standardDeviation: [0.3] },
  classNames: ['zero', 'one'],
  head: {
    kind: 'prototype-classifier',
    prototypes: { classes: 2, dimensions: 2, method: 'simplex', values: [1, 0, -1, 0] },
  },
};

function files(changes: Readonly<Record<string, unknown>> = {}): File[] {
  const contents: Readonly<Record<string, unknown>> = {
    'model.json': model,
    'head.json': head,
    'weights.bin': new Uint8Array(24),
    ...changes,
  };
  return Object.entries(contents)
    .filter(([, content]) => content !== undefined)
    .map(([name, content]) => {
      const part =
        content instanceof Uint8Array
          ? content.slice()
          : typeof content === 'string'
            ? content
            : JSON.stringify(content);
      return new File([part], name);
    });
}

describe('the files of an exported model', () => {
  it('are read in whatever order they were chosen', async () => {
    const { facts, weights } = await readExportedModel(files().reverse());
    expect(facts.classNames).toEqual(['zero', 'one']);
    expect(weights.byteLength).toBe(24);
  });

  it('give the head whole, with all that rebuilding it takes', async () => {
    const { facts } = await readExportedModel(files());
    expect(facts.head).toEqual(head.head);
    expect(() => headFromJSON(facts.head as unknown as HeadConfiguration)).not.toThrow();
  });

  it('are read without a version, as the first bench wrote them', async () => {
    const { schemaVersion, ...before } = head;
    expect(schemaVersion).toBe(1);
    await expect(readExportedModel(files({ 'head.json': before }))).resolves.toBeDefined();
  });

  it.each([
    [{ 'weights.bin': undefined }, 'weights.bin is not among the chosen files.'],
    [{ 'weights.bin': undefined, 'head.json': undefined }, 'weights.bin and head.json are not among'],
    [{ 'model.json': '{"format":' }, 'model.json is no JSON, or was cut short.'],
    [
      { 'model.json': { schemaVersion: 1, backbone: {} } },
      "This model.json is a run's own. Export the run first",
    ],
    [{ 'model.json': { format: 'layers-model' } }, 'model.json holds a model of tf.layers.'],
    [
      { 'model.json': { format: 'other' } },
      'model.json is of another version, or not of "bench export": format',
    ],
    [
      { 'head.json': { ...head, schemaVersion: 2 } },
      'head.json is of version 2, and this page reads version 1.',
    ],
    [{ 'head.json': { ...head, imageShape: [28] } }, 'head.json is of another version'],
    [
      { 'head.json': { ...head, images: { ...imageReadingOf([28, 28, 1]), kernel: 'cubic' } } },
      'head.json is of another version, or not of "bench export": images.kernel:',
    ],
    [
      { 'head.json': { ...head, images: imageReadingOf([28, 30, 1]) } },
      'head.json contradicts itself: images.size is 28 x 30, and imageShape is 28 x 28 x 1. Export the run again.',
    ],
    [
      { 'head.json': { ...head, normalise: { mean: [0, 0], standardDeviation: [1, 1] } } },
      'head.json contradicts itself: normalise has 2 means and 2 deviations, and imageShape has 1 channels.',
    ],
    [{ 'weights.bin': new Uint8Array(20) }, 'weights.bin has 20 bytes, and model.json tells of 24.'],
  ])('are refused by a sentence: %#', async (changes, sentence) => {
    await expect(readExportedModel(files(changes))).rejects.toThrow(sentence);
  });
});
