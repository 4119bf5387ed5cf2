import { mkdtempSync, rmSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp, { type Sharp } from 'sharp';
import { afterAll, describe, expect, it } from 'vitest';
import { imageFile } from '../../test/synthetic-images.js';
import { createImageDecoder } from './image-decoder.js';
import { readImageFiles } from './read-image-files.js';

const sharpless = createImageDecoder({ workers: 1, sharpModule: 'no-such-package' });
const withSharp = createImageDecoder({ workers: 1 });
const folder = mkdtempSync(join(tmpdir(), 'hyperspherical-datasets-'));

afterAll(async () => {
  await Promise.all([sharpless.close(), withSharp.close()]);
  rmSync(folder, { recursive: true });
});

async function written(name: string, file: Uint8Array | Sharp): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, file instanceof Uint8Array ? file : await file.toBuffer());
  return path;
}

/** An image whose pixels all differ, so that no turn of it looks like another. */
function picture(height: number, width: number, channels: 3 | 4 = 3): Sharp {
  const bytes = Uint8Array.from({ length: height * width * channels }, (_, at) => {
    const [pixel, channel] = [Math.floor(at / channels), at % channels];
    const [y, x] = [Math.floor(pixel / width), pixel % width];
    return channel === 3
      ? (x * 37) % 256
      : Math.round(channel === 0 ? (y / height) * 255 : channel === 1 ? (x / width) * 255 : 60);
  });
  return sharp(bytes, { raw: { width, height, channels } });
}

function largestDifference(left: Uint8Array, right: Uint8Array): number {
  expect(left).toHaveLength(right.length);
  return left.reduce((most, value, at) => Math.max(most, Math.abs(value - right[at]!)), 0);
}

const orientations = [1, 2, 3, 4, 5, 6, 7, 8] as const;

describe('readImageFiles', () => {
  it.each(orientations)(
    'turns a photograph of EXIF orientation %i upright, with and without sharp',
    async (orientation) => {
      const file = await picture(24, 36).jpeg({ quality: 95 }).withMetadata({ orientation }).toBuffer();
      const path = await written(`${orientation}.jpg`, file);
      const { data, info } = await sharp(file).autoOrient().raw().toBuffer({ resolveWithObject: true });
      const size = [info.height, info.width] as const;
      expect(size).toEqual(orientation > 4 ? [36, 24] : [24, 36]);
      expect(await sharpless.probe(path)).toEqual(size);
      const same = await sharpless.decode([path], { imageShape: [...size, 3] });
      expect(largestDifference(same, data)).toBe(0);
      for (const fit of ['cover', 'contain', 'fill'] as const) {
        // The first is reduced in WebAssembly, the second by sharp.
        const wasm = await sharpless.decode([path], { imageShape: [20, 21, 3], fit });
        const theirs = sharp(data, { raw: info }).resize(21, 20, {
          fit,
          kernel: 'linear',
          background: '#000',
        });
        expect(largestDifference(wasm, await theirs.raw().toBuffer())).toBeLessThanOrEqual(1);
        const enlarged = await withSharp.decode([path], { imageShape: [50, 40, 3], fit });
        const larger = sharp(data, { raw: info }).resize(40, 50, {
          fit,
          kernel: 'linear',
          background: '#000',
        });
        expect(largestDifference(enlarged, await larger.raw().toBuffer())).toBeLessThanOrEqual(1);
      }
    },
  );

  it.each(['png', 'webp', 'tiff'] as const)('turns a %s file upright as well', async (format) => {
    for (const orientation of orientations) {
      const file = await picture(10, 14)
        .toFormat(format, { lossless: true })
        .withMetadata({ orientation })
        .toBuffer();
      const path = await written(`${orientation}.${format}`, file);
      const { data, info } = await sharp(file).autoOrient().raw().toBuffer({ resolveWithObject: true });
      expect(await withSharp.probe(path)).toEqual([info.height, info.width]);
      const found = await withSharp.decode([path], { imageShape: [info.height, info.width, 3] });
      expect(largestDifference(found, data)).toBe(0);
    }
  });

  it('obeys an orientation in big-endian and in little-endian EXIF, and ignores one that is out of range', async () => {
    const plain = await picture(12, 20).jpeg().toBuffer();
    const exif = (little: boolean, value: number): Buffer => {
      const tiff = Buffer.alloc(26);
      tiff.write(little ? 'II*\0' : 'MM\0*', 'latin1');
      const view = new DataView(tiff.buffer, tiff.byteOffset);
      // One entry: orientation, a short, of which there is one.
      view.setUint32(4, 8, little);
      view.setUint16(8, 1, little);
      view.setUint16(10, 0x0112, little);
      view.setUint16(12, 3, little);
      view.setUint32(14, 1, little);
      view.setUint16(18, value, little);
      const body = Buffer.concat([Buffer.from('Exif\0\0'), tiff]);
      return Buffer.concat([
        plain.subarray(0, 2),
        Buffer.from([0xff, 0xe1, 0, body.length + 2]),
        body,
        plain.subarray(2),
      ]);
    };
    for (const [little, value, size] of [
      [true, 6, [20, 12]],
      [false, 6, [20, 12]],
      [true, 9, [12, 20]],
      [false, 0, [12, 20]],
    ] as const) {
      const path = await written('exif.jpg', exif(little, value));
      expect(await sharpless.probe(path)).toEqual(size);
      const upright = await sharp(path).autoOrient().raw().toBuffer();
      expect(largestDifference(await sharpless.decode([path], { imageShape: [...size, 3] }), upright)).toBe(
        0,
      );
    }
  });

  it('gives the color under what is transparent, whatever the size of the file', async () => {
    for (const side of [32, 33, 16, 64, 100]) {
      const clear = new Uint8Array(side * side * 4).map((_, at) =>
        at % 4 === 3 ? 0 : [200, 120, 40][at % 4]!,
      );
      const image = sharp(clear, { raw: { width: side, height: side, channels: 4 } });
      const paths = [
        await written(`clear-${side}.png`, image.clone().png()),
        await written(`clear-${side}.webp`, image.clone().webp({ lossless: true, exact: true })),
        await written(`clear-${side}.tiff`, image.clone().tiff({ compression: 'deflate' })),
      ];
      for (const fit of ['cover', 'contain', 'fill'] as const) {
        const pixels = await readImageFiles(paths, { imageShape: [32, 32, 3], fit, workers: 1 });
        for (const [index, path] of paths.entries()) {
          const image = pixels.subarray(index * 3072, (index + 1) * 3072);
          const flat = image.map((_, at) => [200, 120, 40][at % 3]!);
          expect(largestDifference(image, flat), `${path} ${fit}`).toBe(0);
        }
      }
    }
  });

  it('resizes a half transparent picture as if it had no transparency', async () => {
    const raw = await picture(60, 90, 4).raw().toBuffer();
    const image = sharp(raw, { raw: { width: 90, height: 60, channels: 4 } });
    const paths = [
      await written('half.png', image.clone().png()),
      await written('opaque.png', image.clone().removeAlpha().png()),
    ];
    for (const imageShape of [
      [40, 40, 3],
      [16, 16, 3],
      [90, 90, 3],
    ] as const) {
      const pixels = await readImageFiles(paths, { imageShape, workers: 1 });
      const half = pixels.length / 2;
      expect(largestDifference(pixels.subarray(0, half), pixels.subarray(half))).toBe(0);
    }
  });

  it('ignores color profiles, in JPEG files of the right size and in all others', async () => {
    const image = picture(40, 40);
    const raw = await image.clone().raw().toBuffer();
    const p3 = { icc: 'p3' } as const;
    const tagged = await image.clone().png().withIccProfile(p3.icc).toBuffer();
    const untagged = await sharp(tagged, { ignoreIcc: true }).png().toBuffer();
    const paths = [await written('p3.png', tagged), await written('bare.png', untagged)];
    const shape = { imageShape: [40, 40, 3] as const };
    const [with3, bare] = await Promise.all(paths.map((path) => withSharp.decode([path], shape)));
    expect(largestDifference(with3!, bare!)).toBe(0);
    expect(raw).toHaveLength(4800);
    const jpeg = await image.clone().jpeg().withIccProfile('p3').toBuffer();
    const path = await written('p3.jpg', jpeg);
    const theirs = await sharp(jpeg, { ignoreIcc: true }).toColourspace('srgb').raw().toBuffer();
    expect(largestDifference(await sharpless.decode([path], shape), theirs)).toBe(0);
  });

  it('takes gray, palette, 16-bit, CMYK and animated files, resized and as they are, without and with transparency', async () => {
    const color = { r: 90, g: 90, b: 90 };
    const flat = (channels: 3 | 4) =>
      sharp({ create: { width: 20, height: 20, channels, background: { ...color, alpha: 0.5 } } });
    const frames = Buffer.concat([Buffer.alloc(1200, 90), Buffer.alloc(1200, 200)]);
    const paths = await Promise.all(
      Object.entries({
        'gray.png': flat(3).toColourspace('b-w').png(),
        'gray-alpha.png': flat(4).toColourspace('b-w').png(),
        'gray16.png': flat(3).toColourspace('grey16').png(),
        'palette.png': flat(3).png({ palette: true }),
        'deep.png': flat(3).toColourspace('rgb16').png(),
        'deep-alpha.png': flat(4).toColourspace('rgb16').png(),
        'cmyk.jpg': flat(3).toColourspace('cmyk').jpeg({ quality: 100 }),
        'gray.jpg': flat(3).toColourspace('b-w').jpeg(),
        'animated.gif': sharp(frames, { raw: { width: 20, height: 40, channels: 3, pageHeight: 20 } }).gif(),
        'animated.webp': sharp(frames, { raw: { width: 20, height: 40, channels: 3, pageHeight: 20 } }).webp({
          lossless: true,
        }),
      }).map(([name, file]) => written(name, file)),
    );
    for (const path of paths) {
      const seen = new Set<number>();
      for (const imageShape of [
        [20, 20, 3],
        [15, 15, 3],
        [8, 8, 3],
        [30, 30, 3],
        [20, 20, 1],
        [15, 15, 1],
      ] as const) {
        for (const value of await withSharp.decode([path], { imageShape, fit: 'cover' })) seen.add(value);
      }
      const kept = await withSharp.decode([path], { imageShape: [20, 20, 3] });
      for (const value of kept) seen.add(value);
      // The conversion to CMYK and back loses some; what counts is that it does so at every size.
      const [spread, difference] = path.endsWith('cmyk.jpg') ? [4, 10] : [1, 1];
      expect(Math.max(...seen) - Math.min(...seen), path).toBeLessThanOrEqual(spread);
      expect(Math.abs([...seen][0]! - 90), path).toBeLessThanOrEqual(difference);
    }
  });

  it('weights red, green and blue for gray as Pillow does', async () => {
    const path = await written('blue.jpg', await imageFile({ path: 'blue.jpg', colour: [30, 60, 240] }));
    const [red, green, blue] = await sharpless
      .decode([path], { imageShape: [1, 1, 3], fit: 'cover' })
      .catch(() => withSharp.decode([path], { imageShape: [1, 1, 3], fit: 'cover' }));
    const [gray] = await withSharp.decode([path], { imageShape: [1, 1, 1], fit: 'cover' });
    expect(gray).toBe(Math.round(0.299 * red! + 0.587 * green! + 0.114 * blue!));
  });

  it('needs no sharp for a folder of JPEG files of one size, gray ones and gray output included', async () => {
    const color = await written('one.jpg', picture(8, 8).jpeg());
    const gray = await written('two.jpg', picture(8, 8).greyscale().jpeg());
    expect(await sharpless.probe(color)).toEqual([8, 8]);
    expect(await sharpless.decode([color, gray], { imageShape: [8, 8, 3] })).toHaveLength(384);
    expect(await sharpless.decode([color, gray], { imageShape: [8, 8, 1] })).toHaveLength(128);
    await expect(sharpless.decode([color], { imageShape: [9, 9, 3] })).rejects.toThrow(
      'it has 8 x 8 pixels, not 9 x 9; give imageSize',
    );
    const bytes = await picture(8, 8).jpeg().toBuffer();
    const cut = await written('cut.jpg', bytes.subarray(0, bytes.length - 60));
    await expect(sharpless.decode([cut], { imageShape: [8, 8, 3] })).rejects.toThrow(
      'cut.jpg cannot be decoded: its JPEG data are damaged.',
    );
  });

  it('knows files by their first bytes, whatever their names', async () => {
    const png = await written('really-a.jpg', await picture(8, 8).png().toBuffer());
    const jpeg = await written('really-b.bmp', await picture(8, 8).jpeg().toBuffer());
    expect(await readImageFiles([png, jpeg], { imageShape: [8, 8, 3], workers: 1 })).toHaveLength(384);
    for (const [name, bytes, reason] of [
      ['page.png', '<!DOCTYPE html>\n<html><svg></svg></html>', 'it is an HTML page, not an image'],
      ['page.jpg', '\n <html lang="en">', 'it is an HTML page, not an image'],
      [
        'drawing.png',
        '<?xml version="1.0"?><svg width="1"/>',
        'it is an SVG drawing, which is not read; convert it',
      ],
      ['note.png', 'see the other folder', 'it is a text ("see the other folder"), not an image'],
      ['zip.png', 'PK\x03\x04', 'it is a zip archive, not an image'],
      ['gzip.png', Buffer.from([0x1f, 0x8b, 8, 0]), 'it is gzip data, not an image'],
      [
        'lfs.png',
        'version https://git-lfs.github.com/spec/v1\n',
        'it is a pointer of Git LFS (run "git lfs pull"), not',
      ],
      [
        '._a.jpg',
        Buffer.from([0, 5, 0x16, 7, 0]),
        'it is attributes that macOS wrote next to a file, not an image',
      ],
      ['a.bmp', 'BM\x01\x02', 'it is a BMP image, which is not read; convert it to PNG or JPEG'],
      ['a.ppm', 'P6\n1 1 255\n...', 'it is a Netpbm image (PBM, PGM, PPM), which is not read; convert it'],
      [
        'noise.png',
        Buffer.from([1, 2, 3, 4]),
        'it is data that begin with the bytes 01 02 03 04, not an image',
      ],
      ['none.png', '', 'it is empty'],
    ] as const) {
      const path = await written(name, Buffer.from(bytes));
      await expect(readImageFiles([path], { imageShape: [8, 8, 3], workers: 1 })).rejects.toThrow(
        `${path} cannot be decoded: ${reason}`,
      );
    }
    await expect(readImageFiles([folder], { imageShape: [8, 8, 3] })).rejects.toThrow(
      `${folder} cannot be decoded: it is a folder, not a file.`,
    );
  });

  it('refuses shapes that images cannot be brought to', async () => {
    await expect(readImageFiles([], { imageShape: [8, 0, 3] })).rejects.toThrow('imageSize is 8 x 0');
    await expect(readImageFiles([], { imageShape: [8, 8, 2] })).rejects.toThrow(
      'channels is 2; it must be 1 or 3.',
    );
    expect(await readImageFiles([], { imageShape: [8, 8, 3] })).toHaveLength(0);
  });
});
