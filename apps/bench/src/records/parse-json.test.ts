import { describe, expect, test } from 'vitest';
import { UserError } from './user-error.js';
import { parseJson } from './parse-json.js';

const place = 'runs/a/result.json';

describe('JSON from any source', () => {
  test('is parsed as JSON.parse does, a byte order mark aside', () => {
    const value = { a: [1, 2.5, null, true], 'b\\"]}': 'x[[[{{{', c: { d: '\\"[' } };
    expect(parseJson(JSON.stringify(value), { place })).toEqual(value);
    expect(parseJson(`\uFEFF${JSON.stringify(value)}`, { place })).toEqual(value);
  });

  test('may be nested as deep as is asked, and not a level deeper', () => {
    const nested = (levels: number): string => `${'['.repeat(levels)}${']'.repeat(levels)}`;
    expect(() => parseJson(nested(64), { place })).not.toThrow();
    expect(() => parseJson(nested(65), { place })).toThrow(`${place} is nested more than 64 levels deep.`);
    expect(() => parseJson('{"a":[0]}', { place, mostLevels: 1 })).toThrow('more than 1 levels');
    expect(() => parseJson('{"a":"[[["}', { place, mostLevels: 1 })).not.toThrow();
  });

  test.each(['[', '{"a":', '[{"a":'])('of 200,000 levels of %s is refused like any other', (opening) => {
    expect(() => parseJson(opening.repeat(200_000), { place })).toThrow(UserError);
  });

  test('is refused where it is larger than is asked, counted in bytes', () => {
    expect(() => parseJson('"éé"', { place, mostBytes: 5 })).toThrow(
      `${place} has 6 bytes; at most 5 are read.`,
    );
    expect(parseJson('"éé"', { place, mostBytes: 6 })).toBe('éé');
  });

  test.each(['{"__proto__":{"polluted":1}}', String.raw`{"a":[{"\u005f_proto__":1}]}`])(
    'has no key __proto__, however it is written: %s',
    (text) => {
      expect(() => parseJson(text, { place })).toThrow(`${place} has a key \`__proto__\``);
    },
  );

  test('may speak of __proto__', () => {
    expect(parseJson('{"a":"__proto__"}', { place })).toEqual({ a: '__proto__' });
  });

  test('says what is wrong in one sentence, then what to do', () => {
    const say = (text: string): unknown => {
      try {
        return parseJson(text, { place, advice: 'Replace the run with --force.', exitCode: 1 });
      } catch (error) {
        return error;
      }
    };
    expect(say('')).toMatchObject({
      message: `${place} is not valid JSON: Unexpected end of JSON input. Replace the run with --force.`,
      exitCode: 1,
    });
    expect(say('{"a": x\n}')).toMatchObject({
      message: `${place} is not valid JSON: Unexpected token 'x'. Replace the run with --force.`,
    });
  });
});
