// Decodes image files in its own thread, so that training, which keeps the main thread busy, does not hold decoding up.
// JavaScript, because a worker's file must be the same in the sources and in the package.
import { readFileSync, statSync } from 'node:fs';
import { parentPort } from 'node:worker_threads';
import { decodeJpeg } from './decode-jpeg.js';
import { decodeWithSharp, refuseOtherSize, uprightSize } from './decode-with-sharp.js';
import { imageKind } from './image-kind.js';
import { jpegHeader } from './jpeg-header.js';
import { orientedSize } from './orient-rgb.js';
import { writeLuminance } from './write-luminance.js';

/**
 * @typedef {object} Task
 * @property {number} id
 * @property {'decode' | 'probe'} kind
 * @property {string[]} paths
 * @property {number} height
 * @property {number} width
 * @property {number} channels
 * @property {'cover' | 'contain' | 'fill' | undefined} fit Absent: every image must have this size.
 */

const mostFileBytes = 2 ** 26;

/**
 * Reads a file that its first bytes call an image.
 * @param {string} path
 */
function readImageFile(path) {
  const status = statSync(path);
  if (status.isDirectory()) throw Object.assign(new Error('it is a folder'), { code: 'EISDIR' });
  if (!status.isFile()) throw new Error('it is no regular file');
  if (status.size > mostFileBytes) {
    throw new Error(`it has ${status.size} bytes; at most ${mostFileBytes} are read`);
  }
  const bytes = readFileSync(path);
  const { what, decodable } = imageKind(bytes);
  if (!decodable) throw new Error(refusal(what));
  const isJpeg = what === 'a JPEG image';
  return { bytes, isJpeg, header: isJpeg ? jpegHeader(bytes) : undefined };
}

/** @param {string} what */
function refusal(what) {
  if (what === 'empty') return 'it is empty';
  return /image|drawing|icon/.test(what)
    ? `it is ${what}, which is not read; convert it to PNG or JPEG`
    : `it is ${what}, not an image`;
}

/**
 * Writes one image, `[height, width, 3]`, into zeros.
 * @param {string} path
 * @param {Task} task
 * @param {Uint8Array} pixels
 */
async function decodeOne(path, { height, width, fit }, pixels) {
  const { bytes, isJpeg, header } = readImageFile(path);
  if (header && !fit)
    refuseOtherSize(orientedSize([header.height, header.width], header.orientation), [height, width]);
  const done = header
    ? await decodeJpeg(bytes, header, { height, width, fit }, pixels)
    : isJpeg
      ? 'damaged'
      : 'other';
  if (done === 'written') return;
  pixels.set(await withSharp(done === 'damaged', () => decodeWithSharp(bytes, { height, width, fit })));
}

/**
 * Lets sharp decode; it is not asked for where all that it would do is say what is wrong.
 * @template Result
 * @param {boolean} isDamagedJpeg
 * @param {() => Promise<Result>} run
 */
async function withSharp(isDamagedJpeg, run) {
  try {
    return await run();
  } catch (error) {
    if (isDamagedJpeg && Object(error).sharpMissing)
      throw new Error('its JPEG data are damaged', { cause: error });
    throw error;
  }
}

/** @param {Task} task */
async function decodeAll(task) {
  const { paths, height, width, channels } = task;
  const area = height * width;
  const pixels = new Uint8Array(paths.length * area * channels);
  for (const [index, path] of paths.entries()) {
    const image = pixels.subarray(index * area * channels, (index + 1) * area * channels);
    const rgb = channels === 3 ? image : new Uint8Array(area * 3);
    try {
      await decodeOne(path, task, rgb);
    } catch (error) {
      throw Object.assign(error instanceof Error ? error : new Error(String(error)), { path });
    }
    if (channels === 1) writeLuminance(rgb, image);
  }
  return pixels;
}

/** @param {string} path */
async function probe(path) {
  const { bytes, isJpeg, header } = readImageFile(path);
  if (header) return orientedSize([header.height, header.width], header.orientation);
  return withSharp(isJpeg, () => uprightSize(bytes));
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
