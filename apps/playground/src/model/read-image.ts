import type { ModelFacts } from './read-exported-model.js';

const mostBytes = 25e6;
const mostSide = 8192;

/** An image as a model takes it, and as it is shown. */
export interface ReadImage {
  /** `[height, width, channels]`, normalised. */
  readonly pixels: Float32Array;
  readonly canvas: HTMLCanvasElement;
}

/**
 * Decodes an image and brings its middle square to the model's size.
 *
 * @param invert - Whether dark and light change places, as for ink on paper where a model knows light figures on black.
 * @throws {RangeError} A sentence, when the file is no image, or too large.
 */
export async function readImage(
  file: File,
  { imageShape, normalise }: Pick<ModelFacts, 'imageShape' | 'normalise'>,
  invert: boolean,
): Promise<ReadImage> {
  if (file.size > mostBytes) {
    throw new RangeError(
      `${file.name} has ${Math.round(file.size / 1e6)} MB; this page takes images of up to ${mostBytes / 1e6} MB. Make it smaller first.`,
    );
  }
  let bitmap: ImageBitmap;
  try {
    bitmap = await createImageBitmap(file);
  } catch {
    throw new RangeError(
      `${file.name} is no image that this browser can show. Choose a PNG, JPEG or WebP file.`,
    );
  }
  if (Math.max(bitmap.width, bitmap.height) > mostSide) {
    const size = `${bitmap.width} x ${bitmap.height}`;
    bitmap.close();
    throw new RangeError(
      `${file.name} has ${size} pixels; this page takes up to ${mostSide} on a side. Make it smaller first.`,
    );
  }
  const [height, width, channels] = imageShape;
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext('2d', { willReadFrequently: true })!;
  context.imageSmoothingQuality = 'high';
  if (invert) context.filter = 'invert(1)';
  const scale = Math.max(width / bitmap.width, height / bitmap.height);
  const [drawnWidth, drawnHeight] = [bitmap.width * scale, bitmap.height * scale];
  context.drawImage(bitmap, (width - drawnWidth) / 2, (height - drawnHeight) / 2, drawnWidth, drawnHeight);
  bitmap.close();
  const { data } = context.getImageData(0, 0, width, height);
  return { pixels: normalisedPixels(data, channels, normalise), canvas };
}

/** RGBA bytes to a model's numbers: three channels as they are, one as their luminance. */
export function normalisedPixels(
  rgba: Uint8ClampedArray,
  channels: number,
  { mean, standardDeviation }: ModelFacts['normalise'],
): Float32Array {
  const count = rgba.length / 4;
  const pixels = new Float32Array(count * channels);
  for (let at = 0; at < count; at += 1) {
    const [red, green, blue] = [rgba[4 * at]!, rgba[4 * at + 1]!, rgba[4 * at + 2]!];
    for (let channel = 0; channel < channels; channel += 1) {
      const byte = channels === 1 ? 0.299 * red + 0.587 * green + 0.114 * blue : [red, green, blue][channel]!;
      pixels[at * channels + channel] = (byte / 255 - mean[channel]!) / standardDeviation[channel]!;
    }
  }
  return pixels;
}
