import { Readable } from 'node:stream';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arMember, debEntriesReader } from './read-deb-entries.js';

function member(name: string, bytes: Uint8Array): Buffer {
  const header = `${name.padEnd(16)}${'0'.padEnd(12)}${'0'.padEnd(6)}${'0'.padEnd(6)}${'100644'.padEnd(8)}${String(bytes.length).padEnd(10)}\`\n`;
  return Buffer.concat([Buffer.from(header), bytes, Buffer.from(bytes.length % 2 === 1 ? '\n' : '')]);
}

const data = Uint8Array.of(1, 2, 3);
const archive = Buffer.concat([
  Buffer.from('!<arch>\n'),
  member('debian-binary', Buffer.from('2.0\n')),
  member('control.tar.xz', Uint8Array.of(9)),
  member('data.tar.xz', data),
]);

describe('arMember', () => {
  it('finds a member, wherever it is', () => {
    expect([...arMember(archive, 'x.deb', 'data.tar.xz')]).toEqual([1, 2, 3]);
    expect([...arMember(archive, 'x.deb', 'control.tar.xz')]).toEqual([9]);
  });

  it('refuses what is no such archive, is damaged, truncated or another one', () => {
    expect(() => arMember(Buffer.from('nothing'), 'x.deb', 'data.tar.xz')).toThrow(
      'x.deb is no Debian package',
    );
    const damaged = Buffer.from(archive);
    damaged[8 + 58] = 0;
    expect(() => arMember(damaged, 'x.deb', 'data.tar.xz')).toThrow("there is no member's header at byte 8");
    expect(() => arMember(archive.subarray(0, -2), 'x.deb', 'data.tar.xz')).toThrow('x.deb is truncated');
    expect(() => arMember(archive, 'x.deb', 'other')).toThrow('x.deb lacks its member other.');
  });

  it('of bytes that were changed says what is wrong, or finds a part of the archive', () => {
    fc.assert(
      fc.property(fc.nat(archive.length - 1), fc.nat(255), (at, byte) => {
        const changed = Buffer.from(archive);
        changed[at] = byte;
        try {
          expect(arMember(changed, 'x.deb', 'data.tar.xz').length).toBeLessThanOrEqual(archive.length);
        } catch (error) {
          expect((error as Error).message).toMatch(/^x\.deb /);
        }
      }),
      { seed: 6, numRuns: 300 },
    );
  });
});

describe('debEntriesReader', () => {
  it('refuses contents that are not packed by xz', async () => {
    const read = debEntriesReader({ files: ['a'], folder: 'b', fileBytes: 10 });
    await expect(read(Readable.from([archive]), 'x.deb')).rejects.toThrow(
      /^x\.deb cannot be read as a Debian package: /,
    );
  });
});
