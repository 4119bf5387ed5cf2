import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Extent, type ImageChange, unchanged } from './augmentation.js';
import { byteTable, writeImage } from './write-image.js';
import { writeResampledImage } from './write-resampled-image.js';

type Shape = readonly [height: number, width: number, channels: number];

const bytesAsTheyAre = (channels: number) =>
  Float32Array.from({ length: channels * 256 }, (_, at) => at % 256);

function resampled(
  images: Uint8Array,
  shape: Shape,
  output: Extent,
  change: Partial<ImageChange> = {},
  table: Float32Array = bytesAsTheyAre(shape[2]),
): Float32Array {
  const batch = new Float32Array(output[0] * output[1] * shape[2]).fill(-1);
  const whole = { ...unchanged([shape[0], shape[1]]), ...change };
  writeResampledImage(images, shape, 0, whole, output, table, batch, 0);
  return batch;
}

/** One output colour from the definition: turn back, look up with weights that fall to nothing a pixel away. */
function defined(
  images: Uint8Array,
  [height, width, channels]: Shape,
  change: ImageChange,
  output: Extent,
  [y, x, channel]: readonly [number, number, number],
): number | undefined {
  const wide = change.flip ? output[1] - x : x;
  const v = change.cropTop + ((y + change.rowShift) / output[0]) * change.cropHeight - height / 2;
  const u = change.cropLeft + ((wide + change.columnShift) / output[1]) * change.cropWidth - width / 2;
  const length = Math.hypot(v, u);
  // The picture's y axis points down: turning it counter-clockwise lessens the direction that counts clockwise.
  const direction = Math.atan2(v, u) + change.angle;
  const sourceY = length * Math.sin(direction) + height / 2;
  const sourceX = length * Math.cos(direction) + width / 2;
  const edges = [sourceY, height - sourceY, sourceX, width - sourceX];
  // Exactly on the edge, rounding decides between the edge's colour and black.
  if (edges.some((distance) => Math.abs(distance) < 1e-6)) return undefined;
  if (sourceY < 0 || sourceY > height || sourceX < 0 || sourceX > width) return 0;
  let [sum, weights] = [0, 0];
  for (let row = -1; row <= height; row += 1) {
    for (let column = -1; column <= width; column += 1) {
      const weight =
        Math.max(0, 1 - Math.abs(sourceY - row - 0.5)) * Math.max(0, 1 - Math.abs(sourceX - column - 0.5));
      const inside = [Math.min(Math.max(row, 0), height - 1), Math.min(Math.max(column, 0), width - 1)];
      sum += weight * images[(inside[0]! * width + inside[1]!) * channels + channel]!;
      weights += weight;
    }
  }
  expect(weights).toBeClose(1, { relative: 1e-9 });
  return sum;
}

describe('writeResampledImage', () => {
  it('stretches with the outermost colours going on to the edge', () => {
    // As torch.nn.functional.interpolate(mode='bilinear', align_corners=False) does.
    expect(resampled(Uint8Array.of(0, 100), [1, 2, 1], [1, 4])).toBeClose([0, 25, 75, 100]);
    expect(resampled(Uint8Array.of(0, 90), [2, 1, 1], [3, 1])).toBeClose([0, 45, 90]);
  });

  it('takes the mean of what an output pixel covers where it shrinks by whole factors', () => {
    const images = Uint8Array.of(0, 4, 8, 20, 8, 4, 0, 0);
    expect(resampled(images, [2, 4, 1], [1, 2])).toBeClose([4, 7]);
    expect(resampled(images, [2, 4, 1], [1, 1])).toBeClose([5.5]);
  });

  it('turns counter-clockwise', () => {
    const images = Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9);
    const quarter = resampled(images, [3, 3, 1], [3, 3], { angle: Math.PI / 2 });
    expect(quarter).toBeClose([3, 6, 9, 2, 5, 8, 1, 4, 7], { absolute: 1e-5 });
  });

  it('is black, or zero, beyond the edge: in the corners of a square turned by 45 degrees', () => {
    const turned = resampled(new Uint8Array(64).fill(200), [8, 8, 1], [8, 8], { angle: Math.PI / 4 });
    expect([turned[0], turned[7], turned[56], turned[63]]).toEqual([0, 0, 0, 0]);
    expect(turned[3 * 8 + 3]).toBeClose(200);
  });

  it('does what writeImage does where nothing falls between pixels', () => {
    const images = Uint8Array.from({ length: 5 * 6 * 3 }, (_, at) => (at * 37) % 256);
    const table = byteTable(3, { mean: [0.4, 0.5, 0.6], standardDeviation: [0.2, 0.3, 0.4] });
    fc.assert(
      fc.property(
        fc.integer({ min: -4, max: 4 }),
        fc.integer({ min: -4, max: 4 }),
        fc.boolean(),
        (rowShift, columnShift, flip) => {
          const change = { ...unchanged([5, 6]), rowShift, columnShift, flip };
          const expected = new Float32Array(90);
          writeImage(images, [5, 6, 3], 0, change, table, expected, 0);
          expect(resampled(images, [5, 6, 3], [5, 6], change, table)).toEqual(expected);
        },
      ),
      { seed: 1, numRuns: 60 },
    );
  });

  it('is what the definition gives for rotation, crop, shift and mirror together', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 60, maxLength: 60 }),
        fc.record({
          angle: fc.double({ min: -3, max: 3, noNaN: true }),
          cropTop: fc.double({ min: 0, max: 2, noNaN: true }),
          cropLeft: fc.double({ min: 0, max: 2, noNaN: true }),
          cropHeight: fc.double({ min: 1, max: 3, noNaN: true }),
          cropWidth: fc.double({ min: 1, max: 3, noNaN: true }),
          rowShift: fc.integer({ min: -2, max: 2 }),
          columnShift: fc.integer({ min: -2, max: 2 }),
          flip: fc.boolean(),
        }),
        (images, drawn) => {
          const shape: Shape = [5, 6, 2];
          const output: Extent = [4, 3];
          const change = { ...unchanged([5, 6]), ...drawn };
          const found = resampled(images, shape, output, change);
          for (const [at, colour] of found.entries()) {
            const [y, x, channel] = [Math.floor(at / 6), Math.floor(at / 2) % 3, at % 2];
            const expected = defined(images, shape, change, output, [y + 0.5, x + 0.5, channel]);
            if (expected !== undefined)
              expect(colour).toBeClose(expected, { absolute: 1e-3, relative: 1e-5 });
          }
        },
      ),
      { seed: 2, numRuns: 200 },
    );
  });

  it('keeps one colour one colour wherever it shows the image alone', () => {
    const images = new Uint8Array(7 * 9).fill(77);
    for (const output of [
      [3, 3],
      [20, 5],
      [2, 40],
    ] as const) {
      const shown = resampled(images, [7, 9, 1], output, { cropTop: 1.3, cropHeight: 4.4, cropWidth: 8 });
      expect(shown).toBeClose(new Float32Array(output[0] * output[1]).fill(77), { relative: 1e-6 });
    }
  });

  it('writes to its place in the batch alone, from its place in the images', () => {
    const images = Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8);
    const batch = new Float32Array(6).fill(-1);
    writeResampledImage(images, [2, 2, 1], 1, unchanged([2, 2]), [1, 2], bytesAsTheyAre(1), batch, 1);
    expect([...batch]).toEqual([-1, -1, 6, 7, -1, -1]);
  });
});
