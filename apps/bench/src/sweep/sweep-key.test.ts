import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { keyVariable, readSweepKey } from './sweep-key.js';

const secret = 'correct horse battery staple';
const purpose = ['delivery', 'sweep', 'run'];

let folder = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'sweep-key-'));
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

function file(text: string): string {
  const path = join(folder, 'key');
  writeFileSync(path, text);
  return path;
}

describe('readSweepKey', () => {
  it('is none where neither file nor variable is given', () => {
    expect(readSweepKey(undefined, {})).toBe(undefined);
  });

  it('reads the same key of a file and of the environment, which then has it no longer', () => {
    const environment: Record<string, string | undefined> = { [keyVariable]: secret };
    const signature = readSweepKey(undefined, environment)!.sign(purpose, 'text');
    expect(environment).toEqual({});
    expect(readSweepKey(file(`${secret}\n`), {})!.verify(purpose, 'text', signature)).toBe(true);
  });

  it('refuses what is too short, without showing it', () => {
    expect(() => readSweepKey(file('short'), {})).toThrow(
      /^--key-file .*key holds a key of 5 bytes; give one of at least 16, such as that of: openssl rand -hex 32\.$/,
    );
    expect(() => readSweepKey(undefined, { [keyVariable]: '' })).toThrow(/^HYPERSPHERICAL_SWEEP_KEY holds/);
    expect(() => readSweepKey(folder, {})).toThrow(/is a folder, not a file/);
    expect(() => readSweepKey(join(folder, 'none'), {})).toThrow(/does not exist/);
  });
});

describe('a signature', () => {
  const key = readSweepKey(undefined, { [keyVariable]: secret })!;
  const signature = key.sign(purpose, 'text');

  it('is HMAC-SHA256 of the purpose and the text', () => {
    // printf '["hyperspherical","delivery","sweep","run"]\ntext' | openssl dgst -sha256 -hmac 'correct horse battery staple'
    expect(signature).toBe('4f43068c73feba1fd04a0e43c43c421a420645029e5c61af5c540e353f5155d4');
  });

  it('is good for this text and purpose alone', () => {
    expect(key.verify(purpose, 'text', signature)).toBe(true);
    expect(key.verify(purpose, 'Text', signature)).toBe(false);
    expect(key.verify(['delivery', 'another', 'run'], 'text', signature)).toBe(false);
    expect(key.verify(['delivery', 'sweep', 'another'], 'text', signature)).toBe(false);
    expect(key.verify(['job', 'sweep', 'run'], 'text', signature)).toBe(false);
    expect(key.verify(['delivery', 'sweep","run'], 'text', signature)).toBe(false);
    const other = readSweepKey(undefined, { [keyVariable]: `${secret}!` })!;
    expect(other.verify(purpose, 'text', signature)).toBe(false);
  });

  it.each([undefined, null, '', 'x', 7, signature.toUpperCase(), `${signature}0`, [signature]])(
    'is not %j',
    (other) => {
      expect(key.verify(purpose, 'text', other)).toBe(false);
    },
  );
});
