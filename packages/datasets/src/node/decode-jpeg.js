import { createRequire } from 'node:module';
import { orientedSize, orientRgb } from './orient-rgb.js';
import { planResize } from './resize-plan.js';
import { createRgbResizer } from './rgb-resizer.js';

/** @typedef {import('./jpeg-header.js').JpegHeader} JpegHeader */

// The memory of WebAssembly, in which they are decoded, never shrinks.
const mostReducedPixels = 2 ** 22;

/** @type {Promise<any> | undefined} */
let jpegDecoder;
/** @type {Promise<Awaited<ReturnType<typeof createRgbResizer>> | undefined> | undefined} */
let resizer;

/**
 * libjpeg-turbo as WebAssembly: slower than the native one, but for small images, and with a resize after it, faster than a pipeline of sharp.
 */
async function loadJpegDecoder() {
  const create = createRequire(import.meta.url)('@cornerstonejs/codec-libjpeg-turbo-8bit/decodewasmjs');
  const library = await create({ print: () => undefined, printErr: () => undefined });
  return new library.JPEGDecoder();
}

/**
 * Writes the upright pixels of a JPEG file that has the right size, or is reduced by less than a half.
 * @param {Buffer} bytes
 * @param {JpegHeader} header
 * @param {{ height: number, width: number, fit: 'cover' | 'contain' | 'fill' | undefined }} requested
 * @param {Uint8Array} pixels `[height, width, 3]`, zeros.
 * @returns {Promise<'written' | 'other' | 'damaged'>} `other`: the file is none of these, and sharp must decode it.
 */
export async function decodeJpeg(bytes, header, { height, width, fit }, pixels) {
  const { orientation, components } = header;
  if (components !== 3 && components !== 1) return 'other';
  const size = orientedSize([header.height, header.width], orientation);
  const right = size[0] === height && size[1] === width;
  const reducible = fit && !right && size[0] * size[1] <= mostReducedPixels;
  const plan = reducible ? planResize(size, [height, width], fit) : undefined;
  if (!right && !plan) return 'other';
  const loading = (jpegDecoder ??= loadJpegDecoder());
  // Absent where WebAssembly has no vectors.
  resizer ??= createRgbResizer().catch(() => undefined);
  const [decoder, resize] = await Promise.all([loading, resizer]);
  // An image that waited for it as well has failed in it.
  if (jpegDecoder !== loading || (plan && !resize)) return 'other';
  // Nothing below waits: the decoder's memory is shared with the other images under way.
  try {
    decoder.getEncodedBuffer(bytes.length).set(bytes);
    decoder.readHeader();
    const frame = decoder.getFrameInfo();
    if (frame.height !== header.height || frame.width !== header.width) return 'other';
    decoder.decode();
    const decoded = decoder.getDecodedBuffer();
    if (decoded.length !== frame.height * frame.width * 3) return 'other';
    const upright = orientRgb(decoded, [frame.height, frame.width], orientation);
    if (plan && resize) resize(/** @type {Uint8Array} */ (upright), size[1], plan, pixels, width);
    else pixels.set(upright);
    return 'written';
  } catch {
    // What an error leaves in its memory is not known.
    jpegDecoder = undefined;
    return 'damaged';
  }
}
