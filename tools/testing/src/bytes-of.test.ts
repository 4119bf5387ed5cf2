import { expect, it } from 'vitest';
import { bytesOf } from './bytes-of.js';

it('bytesOf joins texts, lists of bytes and what typed arrays show of their memory', () => {
  const part = Float32Array.of(1, 2, 3).subarray(1, 2);
  expect([...bytesOf('é', [0, 255], part, new DataView(Uint8Array.of(7, 8, 9).buffer, 1))]).toEqual([
    0xc3, 0xa9, 0, 255, 0, 0, 0, 0x40, 8, 9,
  ]);
  expect(bytesOf()).toEqual(new Uint8Array(0));
});
