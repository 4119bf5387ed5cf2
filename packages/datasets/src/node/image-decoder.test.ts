import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { crc32, deflateSync } from 'node:zlib';
import fc from 'fast-check';
import sharp from 'sharp';
import { afterEach, describe, expect, it } from 'vitest';
import { colourOf, imageFile, writeImages } from '../../test/synthetic-images.js';
import { temporaryFolder } from '../../test/temporary-folder.js';
import { createImageDecoder, type ImageDecoder, type ImageDecoderOptions } from './image-decoder.js';

const decoders: ImageDecoder[] = [];

function decoderOf(options: ImageDecoderOptions = { workers: 2 }): ImageDecoder {
  const decoder = createImageDecoder(options);
  decoders.push(decoder);
  return decoder;
}

afterEach(() => Promise.all(decoders.splice(0).map((decoder) => decoder.close())));

const square = [8, 8, 3] as const;

/** A PNG file whose header says this size, with hardly any data. */
function lyingPng(width: number, height: number): Uint8Array {
  const chunk = (type: string, data: Buffer): Buffer => {
    const body = Buffer.concat([Buffer.from(type), data]);
    const frame = Buffer.alloc(8);
    frame.writeUInt32BE(data.length);
    frame.writeUInt32BE(crc32(body), 4);
    return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.alloc(10))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

describe('createImageDecoder', () => {
  it('decodes JPEG and PNG in the order asked for', async () => {
    const folder = await temporaryFolder();
    const images = Array.from({ length: 150 }, (_, index) => ({
      path: `${index}.${index % 3 === 0 ? 'png' : 'jpg'}`,
      colour: [index, 200 - index, 30] as const,
    }));
    await writeImages(folder, images);
    const order = [149, 0, 7, 7, ...Array.from({ length: 150 }, (_, index) => index)];
    const pixels = await decoderOf().decode(
      order.map((index) => join(folder, images[index]!.path)),
      { imageShape: square },
    );
    expect(pixels).toHaveLength(154 * 192);
    for (const [row, index] of order.entries()) {
      const difference = colourOf(pixels, square, row).map((value, c) =>
        Math.abs(value - images[index]!.colour[c]!),
      );
      expect(Math.max(...difference)).toBeLessThanOrEqual(2);
    }
  });

  it('keeps images apart that are under way in one thread, and a file that fails from the others', async () => {
    const folder = await temporaryFolder();
    const images = Array.from({ length: 24 }, (_, index) => ({
      path: `${index}.${index % 3 === 0 ? 'png' : 'jpg'}`,
      colour: [10 * index, 200 - 8 * index, 30] as const,
      height: index % 2 === 0 ? 300 : 200,
      width: 300,
    }));
    await writeImages(folder, images);
    const bad = await imageFile({ path: 'a.jpg', colour: [9, 9, 9], height: 300, width: 300 });
    await writeFile(join(folder, 'bad.jpg'), bad.subarray(0, bad.length - 30));
    const shape = [300, 300, 3] as const;
    const decoder = decoderOf({ workers: 1 });
    const paths = images.map(({ path }) => join(folder, path));
    const options = { imageShape: shape, fit: 'fill' as const };
    const failing = decoder.decode([...paths, join(folder, 'bad.jpg'), ...paths], options);
    const failed = expect(failing).rejects.toThrow(`${join(folder, 'bad.jpg')} cannot be decoded: `);
    const pixels = await decoder.decode(paths, options);
    await failed;
    for (const [row, { colour }] of images.entries()) {
      const difference = colourOf(pixels, shape, row).map((value, c) => Math.abs(value - colour[c]!));
      expect(Math.max(...difference)).toBeLessThanOrEqual(2);
    }
  });

  it('gives the pixels of sharp for JPEG files of the right size, which another decoder decodes', async () => {
    const folder = await temporaryFolder();
    const noise = Uint8Array.from({ length: 24 * 24 * 3 }, (_, at) => (at * at * 7919) % 256);
    const file = await sharp(noise, { raw: { width: 24, height: 24, channels: 3 } })
      .jpeg()
      .toBuffer();
    await writeFile(join(folder, 'a.jpg'), file);
    const pixels = await decoderOf().decode([join(folder, 'a.jpg')], { imageShape: [24, 24, 3] });
    expect(Buffer.compare(pixels, await sharp(file).raw().toBuffer())).toBe(0);
  });

  it('gives the pixels of sharp for JPEG files that are reduced by less than a half, without it', async () => {
    const folder = await temporaryFolder();
    const path = join(folder, 'a.jpg');
    const noise = Uint8Array.from({ length: 90 * 120 * 3 }, (_, at) => (at * at * 7919) % 256);
    const decoder = decoderOf({ workers: 1, sharpModule: 'no-such-package' });
    for (const [height, width] of [
      [90, 120],
      [120, 90],
      [72, 150],
    ] as const) {
      const file = await sharp(noise, { raw: { width, height, channels: 3 } })
        .jpeg()
        .toBuffer();
      await writeFile(path, file);
      for (const fit of ['cover', 'contain', 'fill'] as const) {
        const sides = fit === 'contain' ? ([80, 83] as const) : ([65, 80] as const);
        const pixels = await decoder.decode([path], { imageShape: [...sides, 3], fit });
        const theirs = await sharp(file)
          .resize(sides[1], sides[0], { fit, kernel: 'linear', background: '#000' })
          .raw()
          .toBuffer();
        const difference = pixels.map((value, at) => Math.abs(value - theirs[at]!));
        expect(Math.max(...difference)).toBeLessThanOrEqual(1);
      }
    }
  });

  it('brings images to the wished size: covered, contained or filled', async () => {
    const folder = await temporaryFolder();
    await writeImages(folder, [{ path: 'wide.png', colour: [255, 255, 255], height: 20, width: 60 }]);
    const path = join(folder, 'wide.png');
    const decoder = decoderOf();
    for (const fit of ['cover', 'fill', 'contain'] as const) {
      const pixels = await decoder.decode([path], { imageShape: [10, 10, 3], fit });
      expect(colourOf(pixels, [10, 10, 3], 0)).toEqual([255, 255, 255]);
      expect(pixels[0]).toBe(fit === 'contain' ? 0 : 255);
    }
  });

  it('makes three channels of grey, transparent and 16-bit images, and one when asked', async () => {
    const folder = await temporaryFolder();
    const grey = { width: 8, height: 8, channels: 1 as const };
    const path = (name: string) => join(folder, name);
    await writeFile(path('grey.jpg'), await sharp(Buffer.alloc(64, 90), { raw: grey }).jpeg().toBuffer());
    await writeFile(
      path('grey.png'),
      await sharp(Buffer.alloc(64, 90), { raw: grey }).toColourspace('b-w').png().toBuffer(),
    );
    const clear = {
      create: { width: 8, height: 8, channels: 4 as const, background: { r: 90, g: 90, b: 90, alpha: 0.5 } },
    };
    await writeFile(path('clear.png'), await sharp(clear).png().toBuffer());
    await writeFile(
      path('deep.png'),
      await sharp(clear).removeAlpha().toColourspace('rgb16').png().toBuffer(),
    );
    const paths = ['grey.jpg', 'grey.png', 'clear.png', 'deep.png'].map(path);
    const decoder = decoderOf();
    const three = await decoder.decode(paths, { imageShape: square });
    const one = await decoder.decode(paths, { imageShape: [8, 8, 1] });
    for (const index of [0, 1, 2, 3]) {
      expect(colourOf(three, square, index)).toEqual([90, 90, 90]);
      expect(colourOf(one, [8, 8, 1], index)).toEqual([90]);
    }
  });

  it('names the file that is missing, truncated, damaged, no image, or of another size', async () => {
    const folder = await temporaryFolder();
    const jpeg = await imageFile({ path: 'a.jpg', colour: [9, 9, 9], height: 64, width: 64 });
    const png = await imageFile({ path: 'a.png', colour: [9, 9, 9], height: 64, width: 64 });
    const broken = {
      'short.jpg': jpeg.subarray(0, jpeg.length - 30),
      'short.png': png.subarray(0, png.length - 30),
      'text.png': Buffer.from('no image'),
      'empty.jpg': new Uint8Array(0),
    };
    const shape = { imageShape: [64, 64, 3] as const };
    const reduced = { imageShape: [40, 40, 3] as const, fit: 'cover' as const };
    const decoder = decoderOf();
    const good = join(folder, 'good.jpg');
    await writeFile(good, jpeg);
    for (const [name, bytes] of Object.entries(broken)) {
      await writeFile(join(folder, name), bytes);
      for (const options of [shape, { ...shape, fit: 'cover' as const }, reduced]) {
        await expect(decoder.decode([good, join(folder, name), good], options)).rejects.toThrow(
          `${join(folder, name)} cannot be decoded: `,
        );
      }
    }
    await expect(decoder.decode([join(folder, 'absent.jpg')], shape)).rejects.toThrow(
      `${join(folder, 'absent.jpg')} cannot be decoded: it does not exist.`,
    );
    await expect(decoder.decode([good], { imageShape: square })).rejects.toThrow(
      `${good} cannot be decoded: it has 64 x 64 pixels, not 8 x 8; give imageSize to have images resized.`,
    );
    expect(await decoder.decode([good], shape)).toHaveLength(64 * 64 * 3);
  });

  it('takes no memory for pixels that only a header promises', async () => {
    const folder = await temporaryFolder();
    await writeFile(join(folder, 'lie.png'), lyingPng(30_000, 30_000));
    await writeFile(join(folder, 'small-lie.png'), lyingPng(4000, 4000));
    const decoder = decoderOf({ workers: 1 });
    const before = process.memoryUsage().rss;
    for (const fit of [{}, { fit: 'cover' as const }]) {
      for (const name of ['lie.png', 'small-lie.png']) {
        await expect(decoder.decode([join(folder, name)], { imageShape: square, ...fit })).rejects.toThrow(
          /lie\.png cannot be decoded: /,
        );
      }
    }
    expect(process.memoryUsage().rss - before).toBeLessThan(150e6);
  });

  it('of changed bytes either makes an image or says which file is wrong', async () => {
    const folder = await temporaryFolder();
    const path = join(folder, 'a.jpg');
    const right = await imageFile({ path, colour: [60, 120, 180], height: 16, width: 16 });
    const decoder = decoderOf({ workers: 1 });
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(right.length - 1), fc.nat(255)), { minLength: 1, maxLength: 4 }),
        fc.nat(right.length),
        async (changes, end) => {
          const changed = Uint8Array.from(right);
          for (const [at, byte] of changes) changed[at] = byte;
          await writeFile(path, changed.subarray(0, end % 3 === 0 ? end : right.length));
          try {
            expect(await decoder.decode([path], { imageShape: [16, 16, 3] })).toHaveLength(768);
          } catch (error) {
            expect((error as Error).message).toMatch(/a\.jpg cannot be decoded: /);
          }
        },
      ),
      { seed: 7, numRuns: 150 },
    );
  });

  it('says what to install when sharp is missing, and needs none for JPEG files of the right size', async () => {
    const folder = await temporaryFolder();
    await writeImages(folder, [
      { path: 'a.jpg', colour: [9, 9, 9] },
      { path: 'a.png', colour: [9, 9, 9] },
    ]);
    const decoder = decoderOf({ sharpModule: 'no-such-package' });
    expect(await decoder.decode([join(folder, 'a.jpg')], { imageShape: square })).toHaveLength(192);
    const halved = decoder.decode([join(folder, 'a.jpg')], { imageShape: [4, 4, 3], fit: 'cover' });
    await expect(halved).rejects.toThrow(/a\.jpg needs the package sharp/);
    await expect(decoder.decode([join(folder, 'a.png')], { imageShape: square })).rejects.toThrow(
      /a\.png needs the package sharp, which cannot be loaded .*Install it: npm install sharp\.$/,
    );
  });

  it('calls a JPEG file that is cut short in its header damaged, whether sharp is there or not', async () => {
    const folder = await temporaryFolder();
    await writeImages(folder, [{ path: 'a.jpg', colour: [9, 9, 9] }]);
    const path = join(folder, 'a.jpg');
    await writeFile(path, (await readFile(path)).subarray(0, 40));
    for (const options of [{ sharpModule: 'no-such-package' }, {}]) {
      const decoder = decoderOf(options);
      const damaged = /a\.jpg cannot be decoded: .*(?:damaged|premature end)/;
      await expect(decoder.probe(path)).rejects.toThrow(damaged);
      await expect(decoder.decode([path], { imageShape: square })).rejects.toThrow(damaged);
    }
  });

  it('stops when told to, and goes on with other work', async () => {
    const folder = await temporaryFolder();
    await writeImages(folder, [{ path: 'a.jpg', colour: [9, 9, 9], height: 400, width: 400 }]);
    const paths = Array.from({ length: 200 }, () => join(folder, 'a.jpg'));
    const decoder = decoderOf();
    const stop = new AbortController();
    const reason = new Error('enough');
    const stopped = decoder.decode(paths, { imageShape: [400, 400, 3], signal: stop.signal });
    setTimeout(() => {
      stop.abort(reason);
    }, 20);
    await expect(stopped).rejects.toBe(reason);
    expect(await decoder.decode(paths.slice(0, 2), { imageShape: [400, 400, 3] })).toHaveLength(2 * 480_000);
  });

  it('rejects what is under way and what comes later once it is closed', async () => {
    const folder = await temporaryFolder();
    await writeImages(folder, [{ path: 'a.jpg', colour: [9, 9, 9] }]);
    const paths = Array.from({ length: 500 }, () => join(folder, 'a.jpg'));
    const decoder = decoderOf();
    const waiting = decoder.decode(paths, { imageShape: square });
    const rejected = expect(waiting).rejects.toThrow('the dataset is closed');
    await decoder.close();
    await rejected;
    await expect(decoder.decode(paths, { imageShape: square })).rejects.toThrow('the dataset is closed');
  });

  it('reads the size from a header', async () => {
    const folder = await temporaryFolder();
    await writeImages(folder, [{ path: 'a.png', colour: [9, 9, 9], height: 5, width: 7 }]);
    expect(await decoderOf().probe(join(folder, 'a.png'))).toEqual([5, 7]);
  });

  it('refuses a number of threads that cannot be', () => {
    for (const workers of [0, 1.5, 65, Number.NaN]) {
      expect(() => createImageDecoder({ workers })).toThrow(
        `workers is ${workers}; it must be a whole number`,
      );
    }
  });
});
