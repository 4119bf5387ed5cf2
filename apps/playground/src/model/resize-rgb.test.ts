import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readImageFiles } from '@hyperspherical/datasets/node';
import sharp from 'sharp';
import { afterAll, describe, expect, it } from 'vitest';
import { resizeRgb } from './resize-rgb.js';

const folder = mkdtempSync(join(tmpdir(), 'playground-resize-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** Waves of several lengths and some noise, as in a photograph; transparent in part. */
function picture(height: number, width: number): Uint8ClampedArray {
  let state = 1;
  return Uint8ClampedArray.from({ length: height * width * 4 }, (_, at) => {
    const [pixel, channel] = [at >> 2, at % 4];
    const [y, x] = [Math.floor(pixel / width), pixel % width];
    state = (state * 48271) % 2147483647;
    if (channel === 3) return x < width / 2 ? 0 : 255;
    return 128 + 60 * Math.sin(x / (3 + 9 * channel)) + 40 * Math.cos((x + 2 * y) / 40) + (state % 20);
  });
}

async function differences(
  format: 'png' | 'jpeg',
  [height, width]: readonly [number, number],
  requested: readonly [number, number],
): Promise<{ mean: number; most: number }> {
  const path = join(folder, `${format}-${height}-${width}`);
  const raw = { width, height, channels: 4 } as const;
  const image = sharp(picture(height, width), { raw });
  const file = await (format === 'png' ? image.png() : image.jpeg({ quality: 90 })).toBuffer();
  writeFileSync(path, file);
  const theirs = await readImageFiles([path], { imageShape: [...requested, 3], workers: 1 });
  const rgb = await sharp(file).removeAlpha().raw().toBuffer();
  const stored = Uint8ClampedArray.from({ length: height * width * 4 }, (_, at) =>
    at % 4 === 3 ? 7 : rgb[(at >> 2) * 3 + (at % 4)]!,
  );
  const { bytes } = resizeRgb(stored, [height, width], requested);
  let [sum, most] = [0, 0];
  for (const [at, byte] of bytes.entries()) {
    const apart = Math.abs(byte - theirs[at]!);
    sum += apart;
    most = Math.max(most, apart);
  }
  return { mean: sum / bytes.length, most };
}

describe('resizeRgb', () => {
  it('keeps an image that has the size, without its transparency', async () => {
    expect(await differences('png', [31, 47], [31, 47])).toEqual({ mean: 0, most: 0 });
  });

  it.each([
    ['png', [120, 90], [64, 64], 0.3, 1],
    ['jpeg', [333, 500], [224, 224], 0.3, 1],
    ['png', [640, 480], [64, 64], 1, 4],
    ['jpeg', [480, 640], [112, 112], 1, 5],
    ['png', [20, 30], [64, 64], 1.6, 8],
  ] as const)(
    'brings a %s file of %j to %j as the bench does, within %d of 255 on average and %d at most',
    async (format, size, requested, mean, most) => {
      const found = await differences(format, size, requested);
      expect(found.mean).toBeLessThan(mean);
      expect(found.most).toBeLessThanOrEqual(most);
    },
  );
});
