import { type DatasetMetadata, shuffledIndices } from '@hyperspherical/datasets';
import { markup } from '../report/markup.js';

/** The images that `bench data show` draws: up to `count`, as many of each class as there is room for, classes in their order; without classes by ascending value. */
export function gridIndices(
  { size, labels, values, classNames }: Pick<DatasetMetadata, 'size' | 'labels' | 'values' | 'classNames'>,
  count: number,
  seed: number,
): Int32Array {
  const shuffled = shuffledIndices(size, { seed, epoch: 0 });
  if (!labels || !classNames) {
    const chosen = shuffled.slice(0, count);
    return values ? chosen.sort((left, right) => values[left]! - values[right]!) : chosen;
  }
  const share = Math.max(1, Math.floor(count / classNames.length));
  const taken = new Int32Array(classNames.length);
  const chosen = shuffled.filter((index) => (taken[labels[index]!]! += 1) <= share);
  return chosen.sort((left, right) => labels[left]! - labels[right]!).slice(0, count);
}

/** What stands below an image: its class, its value, or both. */
export function gridLabels(
  { labels, values, classNames, valueUnit }: DatasetMetadata,
  indices: Int32Array,
): string[] {
  return Array.from(indices, (index) => {
    const name = labels && classNames ? [classNames[labels[index]!]!] : [];
    const value = values ? [valueText(values[index]!, valueUnit)] : [];
    return [...name, ...value].join(', ');
  });
}

function valueText(value: number, unit: string | undefined): string {
  const text = Math.abs(value) < 1000 ? String(Number(value.toPrecision(3))) : value.toFixed(0);
  if (unit === 'degrees') return `${text}°`;
  return unit === undefined ? text : `${text} ${unit}`;
}

/** What a grid is drawn from. */
export interface LabelledGrid {
  readonly title: string;
  /** `[n, height, width, channels]`, one byte a channel. */
  readonly images: Uint8Array;
  readonly imageShape: DatasetMetadata['imageShape'];
  readonly labels: readonly string[];
}

const cellPixels = 96;
const gap = 10;
const textHeight = 18;
const titleHeight = 40;
const letterWidth = 6.4;

/** As many columns as make the page about square, or two fewer or more where the last row then is full or nearly. */
function columnsFor(count: number, cellRatio: number): number {
  const square = Math.max(1, Math.round(Math.sqrt(count / cellRatio)));
  const gaps = (columns: number): number => (columns - (count % columns)) % columns;
  const near = [0, -1, 1, -2, 2]
    .map((change) => square + change)
    .filter((columns) => columns >= 1 && columns <= count);
  return near.reduce(
    (best, columns) => (gaps(columns) < gaps(best) ? columns : best),
    Math.min(square, count),
  );
}

/** Draws images in rows with a label below each, as a PNG file. Small images are enlarged, each pixel to a square. */
export async function drawLabelledGrid({ title, images, imageShape, labels }: LabelledGrid): Promise<Buffer> {
  // Only where pictures are asked for: it is a native library.
  const { default: sharp } = await import('sharp');
  const [height, width, channels] = imageShape;
  const scale = Math.max(1, Math.floor(cellPixels / width));
  const [cellWidth, cellHeight] = [Math.max(width * scale, 64) + gap, height * scale + textHeight + gap];
  const columns = columnsFor(labels.length, cellWidth / cellHeight);
  const rows = Math.ceil(labels.length / columns);
  const [pageWidth, pageHeight] = [
    Math.max(columns * cellWidth + gap, 320),
    titleHeight + rows * cellHeight + gap,
  ];
  const page = new Uint8Array(pageWidth * pageHeight * 3).fill(255);
  const most = Math.floor((cellWidth - 2) / letterWidth);
  const texts = labels.map((label, index) => {
    const left = gap + (index % columns) * cellWidth;
    const top = titleHeight + Math.floor(index / columns) * cellHeight;
    for (let y = 0; y < height * scale; y += 1) {
      for (let x = 0; x < width * scale; x += 1) {
        const from = ((index * height + Math.floor(y / scale)) * width + Math.floor(x / scale)) * channels;
        const to = ((top + y) * pageWidth + left + x) * 3;
        for (let colour = 0; colour < 3; colour += 1)
          page[to + colour] = images[from + (channels === 1 ? 0 : colour)]!;
      }
    }
    const text = label.length > most ? `${label.slice(0, most - 1)}…` : label;
    return markup`<text x="${left}" y="${top + height * scale + 13}">${text}</text>`;
  });
  const overlay = markup`<svg xmlns="http://www.w3.org/2000/svg" width="${pageWidth}" height="${pageHeight}" font-family="DejaVu Sans, Helvetica, Arial, sans-serif" font-size="10.5" fill="#222"><text x="${gap}" y="26" font-size="16">${title}</text>${texts}</svg>`;
  return sharp(page, { raw: { width: pageWidth, height: pageHeight, channels: 3 } })
    .composite([{ input: Buffer.from(overlay.text) }])
    .png()
    .toBuffer();
}
