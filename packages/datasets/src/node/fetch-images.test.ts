import { createHash } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { ZipFile } from 'yazl';
import { serve } from '../../test/serve.js';
import { imageFile } from '../../test/synthetic-images.js';
import { temporaryFolder } from '../../test/temporary-folder.js';
import { layoutDefinitions } from './definitions/layout-definitions.js';
import { fetchImages } from './fetch-images.js';
import type { ImageArchive, LayoutDefinition } from './layout-definition.js';
import { openLayout } from './open-dataset.js';

async function zipOf(paths: readonly string[]): Promise<Buffer> {
  const zip = new ZipFile();
  const file = Buffer.from(await imageFile({ path: 'a.JPEG', colour: [9, 9, 9], height: 64, width: 64 }));
  for (const path of paths) zip.addBuffer(file, path);
  zip.end();
  return buffer(zip.outputStream);
}

async function servedBy(zip: Buffer, changes: Partial<ImageArchive> = {}): Promise<LayoutDefinition> {
  const url = await serve((_, response) => response.end(zip));
  const real = layoutDefinitions['tiny-imagenet'];
  const archive = {
    ...real.archives[0]!,
    location: url,
    spec: url,
    bytes: zip.length,
    integrity: `sha256-${createHash('sha256').update(zip).digest('base64')}`,
    ...changes,
  };
  return { ...real, archives: [archive] };
}

const right = ['tiny-imagenet-200/train/n01000001/images/1.JPEG', 'tiny-imagenet-200/val/n01000001/2.JPEG'];

describe('fetchImages', () => {
  it('downloads, checks and unpacks an archive once; then its images can be read', async () => {
    const cacheFolder = await temporaryFolder();
    const definition = await servedBy(await zipOf(right));
    const events: string[] = [];
    const options = { cacheFolder, onProgress: ({ event }: { event: string }) => events.push(event) };
    const stored = await fetchImages(definition, options);
    expect(stored).toEqual({
      folder: join(cacheFolder, 'tiny-imagenet'),
      files: ['tiny-imagenet-200'],
      source: 'Stanford CS 231N',
    });
    expect(events.at(-1)).toBe('unpack');
    expect(await readdir(stored.folder)).toEqual(['tiny-imagenet-200']);
    expect((await fetchImages(definition, { cacheFolder })).source).toBeUndefined();
    const train = await openLayout(definition, { cacheFolder, workers: 1 });
    expect(await train.read([0])).toHaveLength(64 * 64 * 3);
    await train.close();
  });

  it('leaves nothing behind of an archive that is another or was altered', async () => {
    const cacheFolder = await temporaryFolder();
    const zip = await zipOf([...right, 'tiny-imagenet-200/x']);
    const altered = Buffer.from(zip);
    for (
      let at = altered.indexOf('tiny-imagenet-200/x');
      at >= 0;
      at = altered.indexOf('tiny-imagenet-200/x', at + 1)
    ) {
      altered.write('tiny-imagenet/../..', at, 'latin1');
    }
    for (const definition of [
      await servedBy(altered),
      await servedBy(zip.subarray(0, 300)),
      await servedBy(zip, { integrity: `sha256-${'A'.repeat(43)}=` }),
      await servedBy(zip, { mostFiles: 1 }),
    ]) {
      await expect(fetchImages(definition, { cacheFolder })).rejects.toThrow(
        /^Tiny ImageNet could not be downloaded\. .* by other means, unpack it, and give the folder that holds it as the data folder\.$/s,
      );
      expect(await readdir(join(cacheFolder, 'tiny-imagenet'))).toEqual([]);
    }
  });

  it('leaves nothing behind when it is stopped', async () => {
    const cacheFolder = await temporaryFolder();
    const definition = await servedBy(await zipOf(right));
    const stop = new AbortController();
    const reason = new Error('enough');
    const stopped = fetchImages(definition, {
      cacheFolder,
      signal: stop.signal,
      onProgress: () => {
        stop.abort(reason);
      },
    });
    await expect(stopped).rejects.toBe(reason);
    expect(await readdir(join(cacheFolder, 'tiny-imagenet'))).toEqual([]);
  });
});
