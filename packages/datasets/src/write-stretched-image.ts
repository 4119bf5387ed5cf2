import type { Extent, ImageChange } from './augmentation.js';
import type { DatasetMetadata } from './dataset.js';

/**
 * What `writeResampledImage` does for images that are not turned, in half the time: rows of the source are mixed first, and
 * then the columns of the mixed row, whose places are the same in every row.
 */
export function writeStretchedImage(
  images: Uint8Array,
  [height, width, channels]: DatasetMetadata['imageShape'],
  index: number,
  { cropTop, cropLeft, cropHeight, cropWidth, rowShift, columnShift, flip }: ImageChange,
  [outputHeight, outputWidth]: Extent,
  table: Float32Array,
  batch: Float32Array,
  row: number,
): void {
  const rowLength = width * channels;
  const outputLength = outputWidth * channels;
  const down = cropHeight / outputHeight;
  const right = cropWidth / outputWidth;
  const samplesDown = Math.max(1, Math.ceil(down - 1e-9));
  const samplesRight = Math.max(1, Math.ceil(right - 1e-9));
  const weight = 1 / (samplesDown * samplesRight);
  // Of every sample of an output row: the place of its left neighbour (-1: outside of the image) and the share of its right one.
  const lefts = new Int32Array(outputWidth * samplesRight);
  const shares = new Float64Array(lefts.length);
  for (let sample = 0; sample < lefts.length; sample += 1) {
    const x = (sample + 0.5) / samplesRight;
    const sourceX = cropLeft + right * ((flip ? outputWidth - x : x) + columnShift);
    const middle = Math.min(Math.max(sourceX - 0.5, 0), width - 1);
    lefts[sample] = sourceX >= 0 && sourceX <= width ? Math.floor(middle) * channels : -1;
    shares[sample] = middle - Math.floor(middle);
  }
  // One pixel more than the row has: where the last column is the left neighbour, the share of the right one is 0.
  const mixed = new Float64Array(rowLength + channels);
  const start = row * outputHeight * outputLength;
  batch.fill(0, start, start + outputHeight * outputLength);
  for (let sampleDown = 0; sampleDown < outputHeight * samplesDown; sampleDown += 1) {
    const sourceY = cropTop + down * ((sampleDown + 0.5) / samplesDown + rowShift);
    if (!(sourceY >= 0 && sourceY <= height)) continue;
    const middle = Math.min(Math.max(sourceY - 0.5, 0), height - 1);
    const top = Math.floor(middle);
    const lower = middle - top;
    const above = (index * height + top) * rowLength;
    const below = lower > 0 ? above + rowLength : above;
    for (let at = 0; at < rowLength;) {
      for (let colours = 0; colours < channels * 256; colours += 256, at += 1) {
        const colour = table[colours + images[above + at]!]!;
        mixed[at] = colour + (table[colours + images[below + at]!]! - colour) * lower;
      }
    }
    let to = start + Math.floor(sampleDown / samplesDown) * outputLength;
    for (let sample = 0; sample < lefts.length; to += channels) {
      for (const end = sample + samplesRight; sample < end; sample += 1) {
        const left = lefts[sample]!;
        if (left < 0) continue;
        const share = shares[sample]! * weight;
        const rest = weight - share;
        // Loops of three are slow.
        if (channels === 3) {
          batch[to]! += mixed[left]! * rest + mixed[left + 3]! * share;
          batch[to + 1]! += mixed[left + 1]! * rest + mixed[left + 4]! * share;
          batch[to + 2]! += mixed[left + 2]! * rest + mixed[left + 5]! * share;
          continue;
        }
        for (let channel = 0; channel < channels; channel += 1) {
          batch[to + channel]! += mixed[left + channel]! * rest + mixed[left + channels + channel]! * share;
        }
      }
    }
  }
}
