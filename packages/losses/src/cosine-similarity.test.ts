import { forEachBackend, tensorsLeft } from '@hyperspherical/testing';
import { mul, tensor2d, type Tensor2D } from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { backends } from '../test/backends.js';
import { matrices } from '../test/expect-gradient.js';
import { cosineSimilarity } from './cosine-similarity.js';

forEachBackend(backends, () => {
  describe('cosineSimilarity', () => {
    it('is the cosine of the angle between partners, 0 for a zero vector', () => {
      const rows = tensor2d([
        [1, 0],
        [1, 0],
        [2, 0],
        [0, 0],
      ]);
      const others = tensor2d([
        [5, 5],
        [-3, 0],
        [0, 1],
        [1, 1],
      ]);
      expect(cosineSimilarity(rows, others)).toBeClose([Math.SQRT1_2, -1, 0, 0], { dtype: 'float32' });
    });

    it('does not change with the length of either side, nor with a rotation of both', () => {
      fc.assert(
        fc.property(
          matrices(2, 2),
          fc.double({ min: 0.01, max: 100, noNaN: true }),
          ([left, right], factor) => {
            const cosine = cosineSimilarity(tensor2d([left!]), tensor2d([right!])).arraySync();
            const longer = mul<Tensor2D>(tensor2d([left!]), factor);
            expect(cosineSimilarity(longer, tensor2d([right!]))).toBeClose(cosine);
            const rotated = [left!, right!].map(([x, y]) => [0.6 * x! - 0.8 * y!, 0.8 * x! + 0.6 * y!]);
            expect(cosineSimilarity(tensor2d([rotated[0]!]), tensor2d([rotated[1]!]))).toBeClose(cosine);
          },
        ),
        { seed: 25, numRuns: 20 },
      );
    });

    it('leaves no tensor behind', () => {
      const rows = tensor2d([[1, 0]]);
      expect(tensorsLeft(() => cosineSimilarity(rows, rows))).toBe(0);
    });
  });
});
