import { forEachBackend } from '@hyperspherical/testing';
import { tensor1d, tensor4d } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { backends } from '../../test/backends.js';
import { createParameters } from '../parameters.js';
import { batchNormalisation } from './batch-normalisation.js';

forEachBackend(backends, () => {
  describe('batchNormalisation', () => {
    it('begins as the identity in evaluation, and normalises with its running statistics', () => {
      const parameters = createParameters({ kind: 'test', seed: 0 });
      const normalise = batchNormalisation(parameters, 'n', 1);
      const x = tensor4d([1, 3], [2, 1, 1, 1]);
      expect(normalise(x, false)).toBeClose([[[[1]]], [[[3]]]], { relative: 1e-5 });
      const [scale, offset, mean, variance] = parameters.list.map((parameter) => parameter.variable);
      expect(parameters.list.map(({ name }) => name)).toEqual([
        'n.scale',
        'n.offset',
        'n.runningMean',
        'n.runningVariance',
      ]);
      scale!.assign(tensor1d([10]));
      offset!.assign(tensor1d([7]));
      mean!.assign(tensor1d([1]));
      variance!.assign(tensor1d([4]));
      expect(normalise(x, false)).toBeClose([[[[7]]], [[[17]]]], { relative: 1e-5 });
      parameters.list.forEach((parameter) => {
        parameter.variable.dispose();
      });
    });
  });
});
