import { describe, expect, test } from 'vitest';
import { printable, printableLine } from './printable.js';

describe('printable text', () => {
  test('shows control characters in place of obeying them', () => {
    expect(printable('\u001B]0;title\u0007\u001B[2J\u009B2J\u007F\u0000\r')).toBe(
      String.raw`\u001b]0;title\u0007\u001b[2J\u009b2J\u007f\u0000\u000d`,
    );
  });

  test('does not turn the direction of writing', () => {
    expect(printable('a\u202Eb\u2066c\u2069')).toBe(String.raw`a\u202eb\u2066c\u2069`);
  });

  test('is every other text as it is', () => {
    const text = 'é ß 漢字 שלום 👩‍🔬 ━─ \\u001b\n\tindented';
    expect(printable(text)).toBe(text);
  });

  test('leaves none of the characters that a terminal obeys', () => {
    const all = String.fromCharCode(...Array.from({ length: 0x3000 }, (_, code) => code));
    expect(printable(all)).not.toMatch(/(?![\n\t])[\p{Cc}\u202A-\u202E\u2066-\u2069]/u);
  });

  test('of JSON means the same as before', () => {
    const value = { ['\u009B\u202E']: ['\u001B[2J', '\u007F\u2028', 'plain'] };
    expect(JSON.parse(printable(JSON.stringify(value, undefined, 2)))).toEqual(value);
  });

  test('may be kept on one line', () => {
    expect(printableLine('a\nb\tc')).toBe(String.raw`a\u000ab\u0009c`);
  });
});
