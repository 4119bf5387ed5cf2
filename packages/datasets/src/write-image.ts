import type { Extent, ImageChange } from './augmentation.js';
import type { ChannelStatistics } from './channel-statistics.js';
import type { DatasetMetadata } from './dataset.js';

/**
 * What each byte of each channel becomes, `[channels, 256]`: (byte / 255 - mean) / standard deviation, or byte / 255
 * without statistics. A table look-up is several times faster than the arithmetic.
 */
export function byteTable(channels: number, statistics?: ChannelStatistics): Float32Array {
  const table = new Float32Array(channels * 256);
  for (let channel = 0; channel < channels; channel += 1) {
    const mean = statistics?.mean[channel] ?? 0;
    const deviation = statistics?.standardDeviation[channel] ?? 1;
    for (let byte = 0; byte < 256; byte += 1) table[channel * 256 + byte] = (byte / 255 - mean) / deviation;
  }
  return table;
}

/**
 * Writes image `index` of `images` to position `row` of a batch: shifted (what comes from outside is 0), mirrored, and
 * every byte through the table.
 */
export function writeImage(
  images: Uint8Array,
  [height, width, channels]: DatasetMetadata['imageShape'],
  index: number,
  { rowShift, columnShift, flip }: ImageChange,
  table: Float32Array,
  batch: Float32Array,
  row: number,
): void {
  const rowLength = width * channels;
  const source = index * height * rowLength;
  let at = row * height * rowLength;
  // The columns of the window that lie inside the image, before it is mirrored.
  const first = Math.max(0, -columnShift);
  const end = Math.min(width, width - columnShift);
  for (let y = 0; y < height; y += 1, at += rowLength) {
    const sourceY = y + rowShift;
    if (sourceY < 0 || sourceY >= height) {
      batch.fill(0, at, at + rowLength);
      continue;
    }
    if (end - first < width) batch.fill(0, at, at + rowLength);
    const from = source + sourceY * rowLength + (first + columnShift) * channels;
    const to = at + (flip ? width - 1 - first : first) * channels;
    writePixels(images, from, end - first, channels, table, batch, to, flip ? -channels : channels);
  }
}

function writePixels(
  images: Uint8Array,
  from: number,
  count: number,
  channels: number,
  table: Float32Array,
  batch: Float32Array,
  to: number,
  step: number,
): void {
  if (channels === 3) {
    for (let pixel = 0; pixel < count; pixel += 1) {
      batch[to] = table[images[from]!]!;
      batch[to + 1] = table[256 + images[from + 1]!]!;
      batch[to + 2] = table[512 + images[from + 2]!]!;
      from += 3;
      to += step;
    }
    return;
  }
  for (let pixel = 0; pixel < count; pixel += 1) {
    for (let channel = 0; channel < channels; channel += 1) {
      batch[to + channel] = table[channel * 256 + images[from + channel]!]!;
    }
    from += channels;
    to += step;
  }
}

/** Covers the square of a cutout in image `row` of a batch with zeros, as far as it lies inside. */
export function coverSquare(
  batch: Float32Array,
  row: number,
  [height, width]: Extent,
  channels: number,
  side: number,
  { cutoutRow, cutoutColumn }: ImageChange,
): void {
  const top = cutoutRow - (side >> 1);
  const left = Math.max(0, cutoutColumn - (side >> 1));
  const right = Math.min(width, cutoutColumn - (side >> 1) + side);
  for (let y = Math.max(0, top); y < Math.min(height, top + side); y += 1) {
    const line = (row * height + y) * width;
    batch.fill(0, (line + left) * channels, (line + right) * channels);
  }
}
