import type { Extent, ImageChange } from './augmentation.js';
import type { DatasetMetadata } from './dataset.js';

/**
 * Writes an image, any of whose changes may fall between pixels, to position `row` of a batch: one bilinear interpolation for
 * rotation, crop, resizing, shift and mirror together. A pixel's colour sits in its middle; beyond the outermost middles the colour
 * goes on to the image's edge, and outside of the edge is 0. Where the output is smaller than what it shows, each of its pixels is the mean of
 * as many samples, evenly spread over it, as it covers pixels: halving gives the means of 2 x 2.
 *
 * @param images - Bytes `[n, height, width, channels]`.
 * @param imageShape - `[height, width, channels]` of the source.
 * @param index - Which of `images`.
 * @param change - What is to be shown; see `ImageChange`.
 * @param output - Height and width of the batch's images.
 * @param table - What each byte of each channel becomes, `[channels, 256]`.
 * @param batch - `[n, output height, output width, channels]`.
 * @param row - Which of the batch's images.
 */
export function writeResampledImage(
  images: Uint8Array,
  [height, width, channels]: DatasetMetadata['imageShape'],
  index: number,
  { angle, cropTop, cropLeft, cropHeight, cropWidth, rowShift, columnShift, flip }: ImageChange,
  [outputHeight, outputWidth]: Extent,
  table: Float32Array,
  batch: Float32Array,
  row: number,
): void {
  const rowLength = width * channels;
  const first = index * height * rowLength;
  // A step down and a step right in the output, in pixels of the source before it is turned.
  const down = cropHeight / outputHeight;
  const right = cropWidth / outputWidth;
  const samplesDown = Math.max(1, Math.ceil(down - 1e-9));
  const samplesRight = Math.max(1, Math.ceil(right - 1e-9));
  const weight = 1 / (samplesDown * samplesRight);
  // The output's corner, from the centre of the source.
  const cornerY = cropTop + down * rowShift - height / 2;
  const cornerX = cropLeft + right * columnShift + (flip ? cropWidth : 0) - width / 2;
  // The same after turning back, and what a step adds to it: source = origin + y * down + x * right.
  const cos = Math.cos(angle);
  const sin = Math.sin(angle);
  const originY = height / 2 + cornerX * sin + cornerY * cos;
  const originX = width / 2 + cornerX * cos - cornerY * sin;
  const [downY, downX] = [down * cos, -down * sin];
  const rightward = flip ? -right : right;
  const [rightY, rightX] = [rightward * sin, rightward * cos];

  const start = row * outputHeight * outputWidth * channels;
  batch.fill(0, start, start + outputHeight * outputWidth * channels);
  for (let sampleDown = 0; sampleDown < samplesDown; sampleDown += 1) {
    for (let sampleRight = 0; sampleRight < samplesRight; sampleRight += 1) {
      let at = start;
      for (let y = 0; y < outputHeight; y += 1) {
        const sampleY = y + (sampleDown + 0.5) / samplesDown;
        for (let x = 0; x < outputWidth; x += 1, at += channels) {
          const sampleX = x + (sampleRight + 0.5) / samplesRight;
          const sourceY = originY + sampleY * downY + sampleX * rightY;
          const sourceX = originX + sampleY * downX + sampleX * rightX;
          if (!(sourceY >= 0 && sourceY <= height && sourceX >= 0 && sourceX <= width)) continue;
          const middleY = Math.min(Math.max(sourceY - 0.5, 0), height - 1);
          const middleX = Math.min(Math.max(sourceX - 0.5, 0), width - 1);
          const top = middleY | 0;
          const left = middleX | 0;
          const lower = middleY - top;
          const righter = middleX - left;
          const upper = first + top * rowLength + left * channels;
          const below = lower > 0 ? rowLength : 0;
          const beside = righter > 0 ? channels : 0;
          for (let channel = 0, colours = 0; channel < channels; channel += 1, colours += 256) {
            const pixel = upper + channel;
            const upperLeft = table[colours + images[pixel]!]!;
            const upperRight = table[colours + images[pixel + beside]!]!;
            const lowerLeft = table[colours + images[pixel + below]!]!;
            const lowerRight = table[colours + images[pixel + below + beside]!]!;
            const upperColour = upperLeft + (upperRight - upperLeft) * righter;
            const lowerColour = lowerLeft + (lowerRight - lowerLeft) * righter;
            batch[at + channel]! += (upperColour + (lowerColour - upperColour) * lower) * weight;
          }
        }
      }
    }
  }
}
