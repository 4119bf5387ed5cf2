import { circleMask } from '@hyperspherical/datasets';
import type { ModelFacts } from './read-exported-model.js';
import { resizeRgb } from './resize-rgb.js';
import { straightPixels } from './straight-pixels.js';

const mostBytes = 25e6;
const mostSide = 8192;

/** As the bench reads image files: upright, without color profiles, transparency not mixed into the colors. */
const decoding: ImageBitmapOptions = {
  imageOrientation: 'from-image',
  premultiplyAlpha: 'none',
  colorSpaceConversion: 'none',
};

/** An image as a model takes it, and as it is shown. */
export interface ReadImage {
  /** `[height, width, channels]`, normalised. */
  readonly pixels: Float32Array;
  readonly canvas: HTMLCanvasElement;
}

/**
 * Decodes an image and brings it to the model's size, as the bench reads the images of training, as far as a browser's decoder can; see the manual for what
 * differs.
 *
 * @param invert - Whether dark and light change places, as for ink on paper where a model knows light figures on black.
 * @throws {RangeError} A sentence, when the file is no image, or too large.
 */
export async function readImage(
  file: File,
  { imageShape, images, normalise }: Pick<ModelFacts, 'imageShape' | 'images' | 'normalise'>,
  invert: boolean,
): Promise<ReadImage> {
  if (file.size > mostBytes) {
    throw new RangeError(
      `${file.name} has ${Math.round(file.size / 1e6)} MB; this page takes images of up to ${mostBytes / 1e6} MB. Make it smaller first.`,
    );
  }
  let bitmap: ImageBitmap;
  try {
    bitmap = await createImageBitmap(file, decoding);
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
  const resized = resizeRgb(straightPixels(bitmap), [bitmap.height, bitmap.width], [height, width]);
  bitmap.close();
  const bytes = seenBytes(resized.bytes, channels, invert);
  if (images?.mask === 'circle') {
    const kept = circleMask([height, width]);
    for (let at = 0; at < bytes.length; at += 1) if (kept[Math.floor(at / channels)] === 0) bytes[at] = 0;
  }
  return { pixels: normalisedPixels(bytes, channels, normalise), canvas: canvasOf(bytes, imageShape) };
}

/** What a network of these channels sees of resized red, green and blue: themselves, or their gray, as Pillow weights it; inverted on request. */
export function seenBytes(rgb: Uint8ClampedArray, channels: number, invert: boolean): Uint8ClampedArray {
  const bytes = new Uint8ClampedArray((rgb.length / 3) * channels);
  for (let at = 0; at < bytes.length; at += 1) {
    const from = channels === 1 ? 3 * at : at;
    const [red, green, blue] = [rgb[from]!, rgb[from + 1]!, rgb[from + 2]!];
    const byte = channels === 1 ? (red * 19595 + green * 38470 + blue * 7471 + 32768) >> 16 : red;
    bytes[at] = invert ? 255 - byte : byte;
  }
  return bytes;
}

/** Bytes to a network's numbers, as training made them: (byte / 255 - mean) / standard deviation of each channel. */
export function normalisedPixels(
  bytes: Uint8ClampedArray,
  channels: number,
  { mean, standardDeviation }: ModelFacts['normalise'],
): Float32Array {
  return Float32Array.from(
    bytes,
    (byte, at) => (byte / 255 - mean[at % channels]!) / standardDeviation[at % channels]!,
  );
}

function canvasOf(
  bytes: Uint8ClampedArray,
  [height, width, channels]: ModelFacts['imageShape'],
): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext('2d')!;
  const shown = context.createImageData(width, height);
  for (let pixel = 0; pixel < height * width; pixel += 1) {
    for (let channel = 0; channel < 3; channel += 1) {
      shown.data[4 * pixel + channel] = bytes[channels === 1 ? pixel : 3 * pixel + channel]!;
    }
    shown.data[4 * pixel + 3] = 255;
  }
  context.putImageData(shown, 0, 0);
  return canvas;
}
