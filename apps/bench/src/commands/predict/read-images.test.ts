import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rotatedDataset } from '@hyperspherical/datasets';
import { openDataset } from '@hyperspherical/datasets/node';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readImages } from './read-images.js';

const folder = mkdtempSync(join(tmpdir(), 'bench-read-images-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** Seeded noise of black and white, in which every difference of kernel, turn or crop shows. */
function noise(height: number, width: number, channels: 3 | 4): Uint8Array {
  let state = 1;
  return Uint8Array.from({ length: height * width * channels }, () => {
    state = (state * 48271) % 2147483647;
    return state % 2 === 0 ? 0 : 255;
  });
}

describe('readImages', () => {
  beforeAll(async () => {
    mkdirSync(join(folder, 'noise'));
    const picture = (height: number, width: number, channels: 3 | 4) =>
      sharp(noise(height, width, channels), { raw: { width, height, channels } });
    for (const [index, file] of [
      picture(90, 70, 3).jpeg(),
      picture(40, 52, 3).jpeg().withMetadata({ orientation: 6 }),
      picture(40, 52, 3).png().withMetadata({ orientation: 8 }),
      picture(224, 224, 3).png(),
      picture(100, 60, 4).png(),
      picture(20, 20, 4).webp({ lossless: true, exact: true }),
      picture(50, 50, 3).png().withIccProfile('p3'),
      picture(50, 50, 3).jpeg().toColourspace('cmyk'),
      picture(50, 50, 3).toColourspace('grey16').png(),
    ].entries()) {
      writeFileSync(join(folder, 'noise', `${index}.image.png`), await file.toBuffer());
    }
  });

  it.each([[[32, 32, 3]], [[48, 40, 3]], [[32, 32, 1]]] as const)(
    'gives a network the numbers that it was trained and tested on, to images of %j',
    async ([height, width, channels]) => {
      const trained = await openDataset('image-folder', {
        folder,
        imageSize: [height, width],
        channels,
        workers: 1,
      });
      const bytes = await trained.read(Array.from({ length: trained.size }, (_, index) => index));
      await trained.close();
      const paths = Array.from({ length: 9 }, (_, index) => join(folder, 'noise', `${index}.image.png`));
      const mean = [0.4, 0.5, 0.6].slice(0, channels);
      const standardDeviation = [0.2, 0.3, 0.25].slice(0, channels);
      const found = await readImages(paths, [height, width, channels], { mean, standardDeviation });
      const expected = Float32Array.from(
        bytes,
        (byte, at) => (byte / 255 - mean[at % channels]!) / standardDeviation[at % channels]!,
      );
      expect(Buffer.compare(Buffer.from(found.buffer), Buffer.from(expected.buffer))).toBe(0);
    },
  );

  it('blackens all but a circle where training did', async () => {
    const statistics = { mean: [0, 0, 0], standardDeviation: [1 / 255, 1 / 255, 1 / 255] };
    const white = { width: 9, height: 9, channels: 3, background: 'white' } as const;
    writeFileSync(join(folder, 'white.png'), await sharp({ create: white }).png().toBuffer());
    const paths = [join(folder, 'white.png'), join(folder, 'white.png')];
    const one = rotatedDataset(
      {
        ...{ name: 'white', split: 'all', size: 2 },
        imageShape: [9, 9, 3],
        images: new Uint8Array(486).fill(255),
      },
      { range: [0, 360], seed: 3 },
    );
    const found = await readImages(paths, [9, 9, 3], statistics, 'circle');
    expect(Array.from(found, Math.round)).toEqual([...one.images]);
  });

  it('names the file that is missing or no image, and what it is', async () => {
    const statistics = { mean: [0, 0, 0], standardDeviation: [1, 1, 1] };
    const page = join(folder, 'page.png');
    writeFileSync(page, '<html>');
    await expect(readImages([page], [8, 8, 3], statistics)).rejects.toThrow(
      `${page} is no image that can be read: it is an HTML page, not an image.`,
    );
    await expect(readImages([join(folder, 'no.png')], [8, 8, 3], statistics)).rejects.toThrow(
      `There is no image ${join(folder, 'no.png')}.`,
    );
    await expect(readImages([folder], [8, 8, 3], statistics)).rejects.toThrow(
      `${folder} is no image that can be read: it is a folder, not a file.`,
    );
  });
});
