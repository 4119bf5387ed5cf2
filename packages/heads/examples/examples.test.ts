import { forEachBackend } from '@hyperspherical/testing';
import { memory } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { backends } from '../test/backends.js';
import { trainByHand } from './by-hand.js';
import { trainWithLayers } from './with-layers.js';

forEachBackend(backends, () => {
  describe('the examples', () => {
    it('by hand: learn to tell blobs apart, and free every tensor', async () => {
      const before = memory().numTensors;
      expect(await trainByHand()).toBeGreaterThan(0.95);
      expect(memory().numTensors).toBe(before);
    });

    it('with layers: learn the same, through compile, fit, save and load', async () => {
      expect(await trainWithLayers()).toBeGreaterThan(0.95);
    });
  });
});
