import { describe, expect, it } from 'vitest';
import { parseWordVectors } from './parse-word-vectors.js';
import { sourceBytes } from './source-bytes.js';

describe('sourceBytes', () => {
  it('takes text, views and buffers, shared ones too', () => {
    const bytes = new TextEncoder().encode('xa 1\n');
    // A page has shared memory only where it is isolated from others.
    const shared = new Uint8Array(
      typeof SharedArrayBuffer === 'undefined' ? new ArrayBuffer(4) : new SharedArrayBuffer(4),
    );
    shared.set(bytes.subarray(1));
    for (const source of [
      'a 1\n',
      bytes.subarray(1),
      new DataView(bytes.buffer, 1),
      bytes.slice(1).buffer,
      shared,
    ]) {
      expect([...sourceBytes(source, 'it')]).toEqual([97, 32, 49, 10]);
      expect(parseWordVectors(source as Uint8Array).values[0]).toBe(1);
    }
  });

  it.each([null, undefined, 3, {}, [97, 32]])('refuses %j', (source) => {
    expect(() => sourceBytes(source, 'it')).toThrow(
      'it must be text or bytes (a Uint8Array or an ArrayBuffer)',
    );
  });
});
