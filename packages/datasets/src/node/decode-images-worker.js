// Decodes image files in a thread of its own, so that training, which keeps the main thread busy, does not hold decoding up.
// JavaScript, because a worker's file must be the same in the sources and in the package.
import { readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { parentPort, workerData } from 'node:worker_threads';
import { planResize } from './resize-plan.js';
import { createRgbResizer } from './rgb-resizer.js';

/**
 * @typedef {object} Task
 * @property {number} id
 * @property {'decode' | 'probe'} kind
 * @property {string[]} paths
 * @property {number} height
 * @property {number} width
 * @property {number} channels
 * @property {'cover' | 'contain' | 'fill' | undefined} fit Absent: every image must have this very size.
 */

const { mostFileBytes, mostPixels, mostReducedPixels, sharpModule } = workerData;

/** @type {Promise<any> | undefined} */
let jpegDecoder;
/** @type {Promise<Awaited<ReturnType<typeof createRgbResizer>> | undefined> | undefined} */
let resizer;
/** @type {Promise<any> | undefined} */
let sharpLoading;

/**
 * An error that knows which file it is of.
 * @param {unknown} error
 * @param {string} path
 */
function fileError(error, path) {
  return Object.assign(error instanceof Error ? error : new Error(String(error)), { path });
}

/** libjpeg-turbo as WebAssembly: slower than the native one, but for small images, and with a resize after it, faster than a pipeline of sharp. */
async function loadJpegDecoder() {
  const create = createRequire(import.meta.url)('@cornerstonejs/codec-libjpeg-turbo-8bit/decodewasmjs');
  const library = await create({ print: () => undefined, printErr: () => undefined });
  return new library.JPEGDecoder();
}

async function loadSharp() {
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

/** @param {string} path */
function readImageFile(path) {
  try {
    const { size } = statSync(path);
    if (size > mostFileBytes) throw new Error(`it has ${size} bytes; at most ${mostFileBytes} are read`);
    return readFileSync(path);
  } catch (error) {
    throw fileError(error, path);
  }
}

/**
 * Writes the pixels of a JPEG file that has the right size, or is reduced by less than a half; not of any other file, nor of a damaged one: sharp
 * then says what is wrong.
 * @param {Buffer} bytes
 * @param {Task} task
 * @param {Uint8Array} pixels
 */
async function writeJpeg(bytes, { height, width, channels, fit }, pixels) {
  if (channels !== 3 || bytes[0] !== 0xff || bytes[1] !== 0xd8) return false;
  const loading = (jpegDecoder ??= loadJpegDecoder());
  // Absent where WebAssembly has no vectors.
  resizer ??= createRgbResizer().catch(() => undefined);
  const [decoder, resize] = await Promise.all([loading, resizer]);
  // An image that waited for it as well has failed in it.
  if (jpegDecoder !== loading) return false;
  // Nothing below waits: the decoder's memory is shared with the other images under way.
  try {
    decoder.getEncodedBuffer(bytes.length).set(bytes);
    // Before the pixels, for which memory is only then taken.
    decoder.readHeader();
    const size = decoder.getFrameInfo();
    const right = size.height === height && size.width === width;
    const reducible = fit && !right && size.height * size.width <= mostReducedPixels;
    const plan = reducible ? planResize([size.height, size.width], [height, width], fit) : undefined;
    if (!right && !(plan && resize)) return false;
    decoder.decode();
    const decoded = decoder.getDecodedBuffer();
    if (decoded.length !== size.height * size.width * 3) return false;
    if (plan && resize) resize(decoded, size.width, plan, pixels, width);
    else pixels.set(decoded);
    return true;
  } catch {
    // What an error leaves in its memory is not known.
    jpegDecoder = undefined;
    return false;
  }
}

/**
 * @param {Buffer} bytes
 * @param {Task} task
 * @returns {Promise<Uint8Array>}
 */
async function decodeWithSharp(bytes, { height, width, channels, fit }) {
  sharpLoading ??= loadSharp();
  const sharp = await sharpLoading;
  const options = {
    failOn: 'error',
    ignoreIcc: true,
    sequentialRead: true,
    // A header that promises more is refused before its pixels are decoded.
    limitInputPixels: fit ? mostPixels : height * width,
  };
  try {
    let image = sharp(bytes, options);
    if (fit) image = image.resize(width, height, { fit, kernel: 'linear', background: '#000' });
    image = channels === 1 ? image.removeAlpha().greyscale() : image.removeAlpha().toColourspace('srgb');
    const { data, info } = await image.raw().toBuffer({ resolveWithObject: true });
    if (info.height === height && info.width === width && info.channels === channels) return data;
    throw new Error(`it has ${info.height} x ${info.width} pixels of ${info.channels} channels`);
  } catch (error) {
    if (!fit) await refuseOtherSize(sharp, bytes, height, width);
    throw error;
  }
}

/**
 * @param {any} sharp
 * @param {Buffer} bytes
 * @param {number} height
 * @param {number} width
 */
async function refuseOtherSize(sharp, bytes, height, width) {
  const size = await sharp(bytes, { limitInputPixels: false })
    .metadata()
    .catch(() => undefined);
  if (size && (size.height !== height || size.width !== width)) {
    throw new Error(
      `it has ${size.height} x ${size.width} pixels, not ${height} x ${width}; give imageSize to have images resized`,
    );
  }
}

/** @param {Task} task */
async function decodeAll(task) {
  const { paths, height, width, channels } = task;
  const imageBytes = height * width * channels;
  const pixels = new Uint8Array(paths.length * imageBytes);
  for (const [index, path] of paths.entries()) {
    const bytes = readImageFile(path);
    const image = pixels.subarray(index * imageBytes, (index + 1) * imageBytes);
    if (await writeJpeg(bytes, task, image)) continue;
    try {
      image.set(await decodeWithSharp(bytes, task));
    } catch (error) {
      throw fileError(error, path);
    }
  }
  return pixels;
}

/** @param {string} path */
async function probe(path) {
  const bytes = readImageFile(path);
  sharpLoading ??= loadSharp();
  const sharp = await sharpLoading;
  const { height, width } = await sharp(bytes, { limitInputPixels: false }).metadata();
  return [height, width];
}

parentPort?.on('message', async (/** @type {Task} */ task) => {
  try {
    if (task.kind === 'probe') {
      parentPort?.postMessage({ id: task.id, size: await probe(task.paths[0] ?? '') });
    } else {
      const pixels = await decodeAll(task);
      parentPort?.postMessage({ id: task.id, pixels }, [pixels.buffer]);
    }
  } catch (error) {
    const { path, code, sharpMissing, message } = /** @type {any} */ (error);
    parentPort?.postMessage({
      id: task.id,
      problem: {
        path: path ?? task.paths[0],
        code,
        sharpMissing: sharpMissing === true,
        message: message ?? String(error),
      },
    });
  }
});
