import { tensorsLeft } from '@hyperspherical/testing';
import * as tf from '@tensorflow/tfjs';
import { assert, boolean, integer, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compile } from '../compile/compile.js';
import { augmentImages, type AugmentOptions } from './augment-images.js';

/** Every number is another one, and none is 0. */
const numbered = (batch: number, height: number, width: number, channels = 2): tf.Tensor4D =>
  tf.tidy(() =>
    tf.add(
      tf.reshape<tf.Rank.R4>(tf.range(0, batch * height * width * channels), [
        batch,
        height,
        width,
        channels,
      ]),
      1,
    ),
  );

/** One image as a crop, perhaps mirrored, of the other with `padding` zeros around: its shift, or undefined. */
function findShift(
  image: number[][][],
  original: number[][][],
  padding: number,
): { row: number; column: number; mirrored: boolean } | undefined {
  const at = (y: number, x: number): number[] => original[y]?.[x] ?? original[0]![0]!.map(() => 0);
  const width = original[0]!.length;
  for (let row = -padding; row <= padding; row++) {
    for (let column = -padding; column <= padding; column++) {
      for (const mirrored of [false, true]) {
        const fits = image.every((line, y) =>
          line.every((pixel, x) => {
            const source = at(y + row, (mirrored ? width - 1 - x : x) + column);
            return pixel.every((value, channel) => value === source[channel]);
          }),
        );
        if (fits) return { row, column, mirrored };
      }
    }
  }
  return undefined;
}

describe('augmentImages', () => {
  it('crops each image at a place of its own, and mirrors half of them', () => {
    const images = numbered(200, 6, 5);
    const originals = images.arraySync();
    const shown = augmentImages(images, {
      seed: 1,
      step: 0,
      padAndCrop: 1,
      horizontalFlip: true,
    }).arraySync();
    const shifts = shown.map((image, index) => findShift(image, originals[index]!, 1));
    expect(shifts).not.toContain(undefined);
    for (const row of [-1, 0, 1]) {
      for (const column of [-1, 0, 1]) {
        const count = shifts.filter((shift) => shift?.row === row && shift.column === column).length;
        // Five standard errors around 200 / 9.
        expect(Math.abs(count - 200 / 9)).toBeLessThan(5 * Math.sqrt((200 * 8) / 81));
      }
    }
    const mirrored = shifts.filter((shift) => shift?.mirrored).length;
    expect(Math.abs(mirrored - 100)).toBeLessThan(5 * Math.sqrt(50));
  });

  it('shows for any size a shifted image with zeros from beyond its border', () => {
    const side = integer({ min: 3, max: 8 });
    assert(
      property(
        side,
        side,
        integer({ min: 0, max: 2 }),
        boolean(),
        integer({ min: 0, max: 1e6 }),
        (height, width, padding, flip, step) => {
          const images = numbered(3, height, width);
          const originals = images.arraySync();
          const options = { seed: 5, step, padAndCrop: padding, horizontalFlip: flip };
          for (const [index, image] of augmentImages(images, options).arraySync().entries()) {
            const shift = findShift(image, originals[index]!, padding);
            expect(shift).toBeDefined();
            if (!flip) expect(shift!.mirrored).toBe(false);
          }
        },
      ),
      { numRuns: 30, seed: 1 },
    );
  });

  it('cuts a square out around any pixel, as far as it lies inside', () => {
    const [batch, side] = [300, 6];
    const shown = augmentImages(tf.ones([batch, side, side, 1]), { seed: 2, step: 7, cutout: 4 }).arraySync();
    const centres = new Set<string>();
    for (const image of shown) {
      const rows = image.flatMap((line, y) => (line.some(([value]) => value === 0) ? [y] : []));
      const columns = image[rows[0]!]!.flatMap(([value], x) => (value === 0 ? [x] : []));
      // A square from centre - 2 to centre + 1, cut off at the border.
      const isSpan = (places: number[]): boolean =>
        Array.from({ length: side }, (_, centre) => centre).some(
          (centre) =>
            places[0] === Math.max(0, centre - 2) && places.at(-1) === Math.min(side - 1, centre + 1),
        );
      expect(isSpan(rows) && isSpan(columns)).toBe(true);
      const zeros = image.flat(2).filter((value) => value === 0).length;
      expect(zeros).toBe(rows.length * columns.length);
      centres.add(`${rows.join()} ${columns.join()}`);
    }
    expect(centres.size).toBe(side * side);
  });

  it('adds noise of the given deviation, another on every number', () => {
    const noise = Array.from(
      augmentImages(tf.zeros([20, 10, 10, 3]), { seed: 3, step: 1, noise: 0.5 }).dataSync(),
    );
    const mean = noise.reduce((sum, value) => sum + value, 0) / noise.length;
    const variance = noise.reduce((sum, value) => sum + value * value, 0) / noise.length;
    expect(Math.abs(mean)).toBeLessThan((5 * 0.5) / Math.sqrt(noise.length));
    expect(Math.abs(variance - 0.25)).toBeLessThan((5 * 0.25 * Math.SQRT2) / Math.sqrt(noise.length));
    expect(new Set(noise).size).toBeGreaterThan(0.99 * noise.length);
  });

  it('depends on seed and step alone', () => {
    const images = numbered(4, 5, 5);
    const show = (seed: number, step: number): number[] =>
      Array.from(augmentImages(images, { seed, step, padAndCrop: 2, cutout: 2, noise: 0.1 }).dataSync());
    expect(show(1, 1)).toEqual(show(1, 1));
    expect(show(1, 2)).not.toEqual(show(1, 1));
    expect(show(2, 1)).not.toEqual(show(1, 1));
  });

  it('gives the same bits in a compiled step, other ones at each', () => {
    const images = tf.randomNormal<tf.Rank.R4>([8, 9, 7, 3], 0, 1, 'float32', 1);
    const options = { seed: 4, padAndCrop: 2, horizontalFlip: true, cutout: 3, noise: 0.2 };
    const step = compile((x: tf.Tensor4D, number: tf.Scalar) =>
      augmentImages(x, { ...options, step: number }),
    );
    const seen = new Set<string>();
    for (let number = 0; number < 8; number++) {
      const found = step(images, number).dataSync();
      expect(found).toEqual(augmentImages(images, { ...options, step: number }).dataSync());
      seen.add(found.join());
    }
    expect(step.graphs()).toMatchObject([{ runs: 6 }]);
    expect(seen.size).toBe(8);
    step.dispose();
  });

  it('changes nothing unless told, and leaves no tensor behind', () => {
    const images = numbered(2, 4, 4);
    const same = augmentImages(images, { seed: 1, step: 1 });
    expect(same.dataSync()).toEqual(images.dataSync());
    same.dispose();
    expect(images.isDisposed).toBe(false);
    const options = { seed: 1, step: 1, padAndCrop: 1, horizontalFlip: true, cutout: 2, noise: 1 };
    expect(tensorsLeft(() => augmentImages(images, options))).toBe(0);
  });

  it.each<[AugmentOptions, string]>([
    [
      { seed: 1, step: 1, padAndCrop: 4 },
      'padAndCrop is 4; it must be a whole number of pixels from 0 to 3 for images of 4 x 5.',
    ],
    [{ seed: 1, step: 1, padAndCrop: 0.5 }, 'padAndCrop is 0.5;'],
    [{ seed: 1, step: 1, cutout: 6 }, 'cutout is 6; it must be a whole number of pixels from 0 to 5'],
    [{ seed: 1, step: 1, noise: -1 }, 'noise is -1; it must be at least 0.'],
    [{ seed: 1.5, step: 1 }, 'seed is 1.5; it must be a whole number'],
  ])('refuses %o', (options, message) => {
    const augment = () => augmentImages(tf.zeros([1, 4, 5, 1]), options);
    expect(augment).toThrow(RangeError);
    expect(augment).toThrow(message);
  });

  it('refuses what is no batch of images', () => {
    expect(() => augmentImages(tf.zeros([4, 4, 3]) as unknown as tf.Tensor4D, { seed: 1, step: 1 })).toThrow(
      new TypeError('images have shape [4,4,3]; they must be [batch, height, width, channels].'),
    );
    expect(() => augmentImages(tf.zeros<tf.Rank.R4>([1, 4, 4, 3], 'int32'), { seed: 1, step: 1 })).toThrow(
      new TypeError('images are int32; they must be float32.'),
    );
  });
});
