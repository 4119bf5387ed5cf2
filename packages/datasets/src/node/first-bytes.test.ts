import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { makeArchive } from '../../test/make-archive.js';
import { temporaryFolder } from '../../test/temporary-folder.js';
import { syntheticCifar, syntheticMnist } from '../testing.js';
import { loadDataset } from './load-dataset.js';

const files = syntheticMnist({ imagesPerSplit: 6 });

async function mnistFolder(ending: string, change: (bytes: Uint8Array) => Uint8Array): Promise<string> {
  const folder = await temporaryFolder();
  for (const { name, bytes } of files) {
    const plain = bytes[0] === 0x1f ? gunzipSync(bytes) : bytes;
    await writeFile(join(folder, `${name.replace(/\.gz$/, '')}${ending}`), change(plain));
  }
  return folder;
}

describe('files of a folder', () => {
  it.each([
    ['unpacked, under their .gz names', '.gz', (bytes: Uint8Array) => bytes],
    ['gzipped, under plain names', '', (bytes: Uint8Array) => gzipSync(bytes)],
    [
      'gzipped, with zeros behind',
      '.gz',
      (bytes: Uint8Array) => Buffer.concat([gzipSync(bytes), Buffer.alloc(600)]),
    ],
  ])('are read %s', async (_, ending, change) => {
    expect((await loadDataset('mnist', { folder: await mnistFolder(ending, change) })).size).toBe(6);
  });

  it.each([
    ['<!DOCTYPE html><html>not found</html>', 'is an HTML page'],
    ['<?xml version="1.0"?><Error><Code>AccessDenied</Code></Error>', 'is an HTML page'],
    ['<!-- saved --> <!-- twice --><head>', 'is an HTML page'],
    ['\ufeff<html>', 'is an HTML page'],
    ['Rar!', 'is a RAR archive'],
    ['version https://git-lfs.github.com/spec/v1\n', 'is a Git LFS pointer'],
    ['', 'is empty'],
  ])('that hold %j are called that, with .gz or without', async (text, what) => {
    for (const ending of ['', '.gz']) {
      const folder = await mnistFolder(ending, () => Buffer.from(text));
      await expect(loadDataset('mnist', { folder })).rejects.toThrow(`${ending} ${what}`);
    }
  });

  it('that are a web page in UTF-16 are called that', async () => {
    const folder = await mnistFolder('', () => Buffer.from('\ufeff <html lang="en">', 'utf16le'));
    await expect(loadDataset('mnist', { folder })).rejects.toThrow('is an HTML page');
  });

  it('are read from a tar archive under any name, gzipped or not', async () => {
    const cifar = syntheticCifar('cifar10', { imagesPerFile: 2 });
    const packed = await makeArchive(
      cifar.map(({ name, bytes }) => ({ name: `cifar-10-batches-bin/${name}`, bytes })),
    );
    for (const [name, bytes] of [
      ['cifar-10-binary.tar.gz', gunzipSync(packed)],
      ['cifar-10-binary.tar', packed],
      ['cifar-10-binary.tgz', packed],
      // As tapes and block devices leave it; in more than one chunk.
      ['cifar-10-binary.tgz', Buffer.concat([packed, Buffer.alloc(1 << 18)])],
    ] as const) {
      const folder = await temporaryFolder();
      await writeFile(join(folder, name), bytes);
      expect((await loadDataset('cifar10', { folder })).size).toBe(10);
      expect((await loadDataset('cifar10', { folder: join(folder, name) })).size).toBe(10);
    }
    const folder = join(await temporaryFolder(), 'x');
    await mkdir(folder);
    const zip = join(folder, 'cifar-10-binary.tar.gz');
    await writeFile(zip, 'PK\u0003\u0004 and so on');
    await expect(loadDataset('cifar10', { folder: zip })).rejects.toThrow(
      `${zip} is a zip archive; unpack it`,
    );
  });
});
