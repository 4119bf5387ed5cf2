import { expect } from 'vitest';
import { closeness, type Tolerance } from './closeness.js';

expect.extend({
  toBeClose(actual: unknown, expected: unknown, tolerance?: Tolerance) {
    const { close, reason } = closeness(actual, expected, tolerance);
    return { pass: close, message: () => reason };
  },
});

declare module 'vitest' {
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- merges only under the declaration that vitest itself writes
  interface Matchers<T = any> {
    /** Same shape, all finite, and within `absolute + relative * |expected|`; see `closeness`. */
    toBeClose: (expected: unknown, tolerance?: Tolerance) => T;
  }
}
