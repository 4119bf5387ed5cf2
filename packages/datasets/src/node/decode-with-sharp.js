import { workerData } from 'node:worker_threads';

/** @type {Promise<any> | undefined} */
let loading;

const sharpModule = workerData?.sharpModule ?? 'sharp';
const mostPixels = 2 ** 26;

async function importSharp() {
  let sharp;
  try {
    ({ default: sharp } = await import(sharpModule));
  } catch (error) {
    throw Object.assign(new Error(String(error)), { sharpMissing: true });
  }
  // One thread an image, because images are decoded side by side; and no cache, because none is decoded twice.
  sharp.concurrency(1);
  sharp.cache(false);
  return sharp;
}

/**
 * The upright pixels of an image file: its first picture, in sRGB without heeding a profile, transparency dropped before the resize, so that a pixel does not depend on
 * the file's size.
 * @param {Buffer} bytes
 * @param {{ height: number, width: number, fit: 'cover' | 'contain' | 'fill' | undefined }} requested `fit` absent: the image must have this size.
 * @returns {Promise<Uint8Array>} `[height, width, 3]`
 */
export async function decodeWithSharp(bytes, { height, width, fit }) {
  const sharp = await (loading ??= importSharp());
  let image = sharp(bytes, {
    failOn: 'error',
    autoOrient: true,
    ignoreIcc: true,
    sequentialRead: true,
    // A header that promises more is refused before its pixels are decoded.
    limitInputPixels: fit ? mostPixels : height * width,
  });
  try {
    if (fit) {
      if (await isResizedFromPixels(image, height, width)) {
        const { data, info } = await rgb(image).toBuffer({ resolveWithObject: true });
        const raw = { width: info.width, height: info.height, channels: info.channels };
        image = sharp(data, { raw, limitInputPixels: false });
      }
      image = image.resize(width, height, { fit, kernel: 'linear', background: '#000' });
    }
    const { data, info } = await rgb(image).toBuffer({ resolveWithObject: true });
    if (info.height === height && info.width === width && info.channels === 3) return data;
    throw new Error(`it has ${info.height} x ${info.width} pixels of ${info.channels} channels`);
  } catch (error) {
    if (!fit) {
      const size = await uprightSize(bytes).catch(() => undefined);
      if (size) refuseOtherSize(size, [height, width]);
    }
    throw error;
  }
}

/**
 * Whether an image must be decoded whole before it is resized, in place of one pipeline, in which the JPEG decoder can reduce: sharp multiplies colors by
 * their opacity before it resizes, which blackens what is transparent, and enlarges before it turns, which moves pixels.
 * @param {any} image
 * @param {number} height
 * @param {number} width
 */
async function isResizedFromPixels(image, height, width) {
  const { hasAlpha, orientation = 1, autoOrient } = await image.metadata();
  return hasAlpha || (orientation > 1 && (autoOrient.height < height || autoOrient.width < width));
}

/** @param {any} image */
function rgb(image) {
  return image.removeAlpha().toColourspace('srgb').raw();
}

/**
 * The height and width of an image once it is upright.
 * @param {Buffer} bytes
 * @returns {Promise<[number, number]>}
 */
export async function uprightSize(bytes) {
  const sharp = await (loading ??= importSharp());
  const { autoOrient } = await sharp(bytes, { limitInputPixels: false }).metadata();
  return [autoOrient.height, autoOrient.width];
}

/**
 * @param {readonly [number, number]} size
 * @param {readonly [number, number]} requested
 */
export function refuseOtherSize(size, requested) {
  if (size[0] !== requested[0] || size[1] !== requested[1]) {
    throw new Error(
      `it has ${size.join(' x ')} pixels, not ${requested.join(' x ')}; give imageSize to have images resized`,
    );
  }
}
