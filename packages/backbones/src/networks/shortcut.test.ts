import { forEachBackend } from '@hyperspherical/testing';
import { tensor4d } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { backends } from '../../test/backends.js';
import { createParameters } from '../parameters.js';
import { shortcut } from './shortcut.js';

forEachBackend(backends, () => {
  describe('shortcut', () => {
    const parameters = createParameters({ kind: 'test', seed: 0 });

    it('is the input itself where sizes are the same, whatever the kind', () => {
      const x = tensor4d([1, 2], [1, 1, 2, 1]);
      for (const kind of ['convolution', 'projection', 'padding'] as const) {
        const pass = shortcut(parameters, 's', { kind, inputChannels: 1, outputChannels: 1, stride: 1 });
        expect(pass(x, true)).toBe(x);
      }
      expect(parameters.list).toEqual([]);
    });

    it('takes every second pixel, and zeros before and after the channels, with padding', () => {
      const pass = shortcut(parameters, 's', {
        kind: 'padding',
        inputChannels: 1,
        outputChannels: 4,
        stride: 2,
      });
      const x = tensor4d([1, 2, 3, 4, 5, 6, 7, 8, 9], [1, 3, 3, 1]);
      expect(pass(x, true)).toBeClose([
        [
          [
            [0, 1, 0, 0],
            [0, 3, 0, 0],
          ],
          [
            [0, 7, 0, 0],
            [0, 9, 0, 0],
          ],
        ],
      ]);
    });
  });
});
