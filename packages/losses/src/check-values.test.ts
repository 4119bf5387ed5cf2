import { forEachBackend } from '@hyperspherical/testing';
import { tensor1d, tensor2d } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { backends } from '../test/backends.js';
import { checkClassWeights, checkLabels, checkUnitRows } from './check-values.js';

forEachBackend(backends, () => {
  describe('checkLabels', () => {
    it('names the first label that is no class, and its position, in arrays and tensors', async () => {
      await expect(checkLabels([0, 2, 3, -1], 3)).rejects.toThrow(
        'label 3 at position 2 must be an integer from 0 to 2',
      );
      await expect(checkLabels(tensor1d([0, -2], 'int32'), 3, { ignoredLabel: -1 })).rejects.toThrow(
        'label -2 at position 1 must be an integer from 0 to 2, or -1 for none',
      );
      await expect(checkLabels([0.5], 3)).rejects.toThrow('label 0.5 at position 0');
    });

    it('accepts classes and the ignored label', async () => {
      await expect(checkLabels(Uint8Array.of(0, 2), 3)).resolves.toBeUndefined();
      await expect(checkLabels([-1, 2], 3, { ignoredLabel: -1 })).resolves.toBeUndefined();
    });
  });

  describe('checkClassWeights', () => {
    it('refuses weights that are negative, not finite or all 0', async () => {
      await expect(checkClassWeights([1, -0.5])).rejects.toThrow('class weight -0.5 at position 1');
      await expect(checkClassWeights([NaN])).rejects.toThrow('class weight NaN at position 0');
      await expect(checkClassWeights(tensor1d([0, 0]))).rejects.toThrow('all 2 class weights are 0');
      await expect(checkClassWeights([0, 2])).resolves.toBeUndefined();
    });
  });

  describe('checkUnitRows', () => {
    it('names the first row that is not of length 1', async () => {
      await expect(
        checkUnitRows(
          'prototypes',
          tensor2d([
            [1, 0],
            [3, 4],
          ]),
        ),
      ).rejects.toThrow('row 1 of prototypes has length 5, and must have 1');
      await expect(checkUnitRows('prototypes', tensor2d([[0.6, 0.8]]))).resolves.toBeUndefined();
    });
  });
});
