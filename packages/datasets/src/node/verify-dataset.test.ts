import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { syntheticDataset } from '../../test/synthetic-definition.js';
import { temporaryFolder } from '../../test/temporary-folder.js';
import { verifyFiles } from './verify-dataset.js';

const { definition, files } = await syntheticDataset();

async function folderWithFiles(): Promise<string> {
  const folder = await temporaryFolder();
  for (const { name, bytes } of files) await writeFile(join(folder, name), bytes);
  return folder;
}

/** Changes the bytes of a file. */
async function edit(path: string, change: (bytes: Uint8Array) => void): Promise<void> {
  const bytes = new Uint8Array(await readFile(path));
  change(bytes);
  await writeFile(path, bytes);
}

describe('verifyDataset', () => {
  it('recomputes the checksums of the card', async () => {
    const folder = await folderWithFiles();
    const found = await verifyFiles(definition, { folder });
    const { train, test } = definition.card.splits;
    expect(found).toEqual({
      name: 'cifar10',
      folder,
      verified: true,
      splits: [
        {
          split: 'train',
          size: 20,
          checksums: train!.checksums,
          verified: true,
          officialOrder: true,
          sizeIsRight: true,
        },
        {
          split: 'test',
          size: 4,
          checksums: test!.checksums,
          verified: true,
          officialOrder: true,
          sizeIsRight: true,
        },
      ],
    });
  });

  it('looks into the cache when no folder is given', async () => {
    const cacheFolder = await temporaryFolder();
    await expect(verifyFiles(definition, { cacheFolder })).rejects.toThrow(
      `the data folder ${join(cacheFolder, 'cifar10')} does not exist.`,
    );
  });

  it('finds one changed pixel', async () => {
    const folder = await folderWithFiles();
    await edit(join(folder, 'data_batch_3.bin'), (bytes) => {
      bytes[500]! ^= 1;
    });
    const { verified, splits } = await verifyFiles(definition, { folder });
    expect(verified).toBe(false);
    expect(splits.map((split) => split.verified)).toEqual([false, true]);
  });

  it('finds one changed label', async () => {
    const folder = await folderWithFiles();
    await edit(join(folder, 'test_batch.bin'), (bytes) => {
      bytes[0] = (bytes[0]! + 1) % 10;
    });
    const { splits } = await verifyFiles(definition, { folder });
    expect(splits.map((split) => split.verified)).toEqual([true, false]);
    expect(splits[1]!.checksums.images).toBe(definition.card.splits.test!.checksums!.images);
  });

  it('accepts another order, and says that it is another', async () => {
    const folder = await folderWithFiles();
    await edit(join(folder, 'test_batch.bin'), (bytes) => {
      const first = bytes.slice(0, 3073);
      bytes.copyWithin(0, 3073, 6146);
      bytes.set(first, 3073);
    });
    const { verified, splits } = await verifyFiles(definition, { folder });
    expect(verified).toBe(true);
    expect(splits.map((split) => split.officialOrder)).toEqual([true, false]);
  });
});
