import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { checkRecord, readJsonFile } from './read-json-file.js';

const folder = mkdtempSync(join(tmpdir(), 'records-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const schema = z.strictObject({ name: z.string(), values: z.array(z.number()).optional() });
const path = join(folder, 'record.json');

function errorOf(text: string, options?: Parameters<typeof readJsonFile>[2]): unknown {
  writeFileSync(path, text);
  try {
    return readJsonFile(path, schema, options);
  } catch (error) {
    return error;
  }
}

describe('a file of JSON', () => {
  test('is what its schema says', () => {
    expect(errorOf('{"name":"a"}')).toEqual({ name: 'a' });
  });

  test('is refused by its first wrong key', () => {
    expect(errorOf('{"name":"a","values":[1,"two"]}')).toMatchObject({
      message: `${path} is not what this version of the bench writes, at values.1: Invalid input: expected number, received string.`,
      exitCode: 2,
    });
    expect(
      errorOf('[]', { what: 'a claim', place: 'claim.json', advice: 'Fix it.', exitCode: 1 }),
    ).toMatchObject({
      message: 'claim.json is not a claim: Invalid input: expected object, received array. Fix it.',
      exitCode: 1,
    });
  });

  test('is refused in a short sentence, however much of it is wrong', () => {
    const keys = Object.fromEntries(Array.from({ length: 20_000 }, (_, index) => [`key-${index}`, 0]));
    const { message } = errorOf(JSON.stringify({ name: 'a', ...keys })) as Error;
    expect(message).toMatch(/Unrecognized keys: "key-0"/);
    expect(message.length).toBeLessThan(path.length + 400);
    const values = Array.from({ length: 20_000 }, () => 'x');
    expect(errorOf(JSON.stringify({ name: 'a', values }))).toMatchObject({
      message: expect.stringMatching(/^.{1,500}\.$/) as string,
    });
  });

  test('has no numbers that JSON makes infinite', () => {
    expect(errorOf('{"name":"a","values":[1e999]}')).toMatchObject({
      message: expect.stringContaining('at values.0') as string,
    });
  });

  test('is limited in size', () => {
    expect(errorOf('{"name":"a"}', { mostBytes: 5 })).toMatchObject({
      message: `${path} has 12 bytes; at most 5 are read.`,
    });
  });
});

test('A value of another source is checked with the same words', () => {
  expect(() => checkRecord({}, schema, { place: 'The job', what: 'a run' })).toThrow(
    'The job is not a run, at name: Invalid input: expected string, received undefined.',
  );
});
