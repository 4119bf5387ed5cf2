import { setBackend } from '@tensorflow/tfjs-core';
import { beforeAll, describe } from 'vitest';

/**
 * Runs one suite on every named backend of tfjs: the test file imports those packages, this switches between them.
 *
 * @example
 * forEachBackend(['cpu', 'tensorflow'], () => it('adds', () => expect(add(1, 2)).toBeClose(3)));
 */
export function forEachBackend(backends: readonly string[], suite: (backend: string) => void): void {
  describe.each(backends)('on the backend %s', (backend) => {
    beforeAll(async () => {
      if (!(await setBackend(backend))) throw new Error(`the backend ${backend} does not start`);
    });
    suite(backend);
  });
}
