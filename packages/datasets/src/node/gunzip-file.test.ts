import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { gunzipFile, gunzipReader } from './gunzip-file.js';

const bytes = Uint8Array.from({ length: 5000 }, (_, at) => (at * at) % 251);
const packed = gzipSync(bytes);

const ways: Readonly<Record<string, (file: Uint8Array, mostBytes: number) => Promise<Uint8Array>>> = {
  'a file in memory': async (file, mostBytes) => Promise.resolve(gunzipFile(file, 'x.gz', mostBytes)),
  'a download': async (file, mostBytes) => {
    const entries = await gunzipReader('x', mostBytes)(Readable.from([file]), 'x.gz');
    return entries.get('x')!;
  },
};

describe.each(Object.entries(ways))('unpacking %s', (_, unpack) => {
  it('gives the bytes', async () => {
    expect(Buffer.compare(await unpack(packed, 5000), bytes)).toBe(0);
  });

  it('stops at the size that is right, whatever the file holds', async () => {
    const bomb = gzipSync(new Uint8Array(10_000_000));
    await expect(unpack(bomb, 5000).catch(rejection)).resolves.toBe(
      'x.gz unpacks to more than 5000 bytes; it is not the file that it should be.',
    );
  });

  it('refuses what is truncated or damaged', async () => {
    await expect(unpack(packed.subarray(0, 100), 5000).catch(rejection)).resolves.toMatch(
      /^x\.gz is truncated/,
    );
    const damaged = Uint8Array.from(packed);
    damaged[200]! ^= 255;
    await expect(unpack(damaged, 5000).catch(rejection)).resolves.toMatch(/^x\.gz is damaged near byte/);
  });
});

function rejection(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
