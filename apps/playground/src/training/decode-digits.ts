import type { Dataset } from '@hyperspherical/datasets';

/** The digits that the page learns from, and those that it is tested on. */
export interface Digits {
  readonly train: Dataset;
  readonly test: Dataset;
}

const pixels = 28 * 28;

/**
 * Reads the file that `scripts/make-digits.ts` writes.
 *
 * @throws {RangeError} When the file is not whole.
 */
export async function decodeDigits(file: Blob): Promise<Digits> {
  let bytes: Uint8Array;
  try {
    const unpacked = file.stream().pipeThrough(new DecompressionStream('gzip'));
    bytes = new Uint8Array(await new Response(unpacked).arrayBuffer());
  } catch {
    throw new RangeError('The digits did not arrive whole. Load the page again.');
  }
  const view = new DataView(bytes.buffer);
  const trainSize = bytes.length < 8 ? 0 : view.getUint32(0, true);
  const testSize = bytes.length < 8 ? 0 : view.getUint32(4, true);
  const size = trainSize + testSize;
  if (size === 0 || bytes.length !== 8 + size * (1 + pixels)) {
    throw new RangeError('The digits did not arrive whole. Load the page again.');
  }
  const part = (split: string, first: number, count: number): Dataset => ({
    name: 'mnist',
    split,
    size: count,
    imageShape: [28, 28, 1],
    labels: Int32Array.from(bytes.subarray(8 + first, 8 + first + count)),
    classNames: digitNames,
    images: bytes.subarray(8 + size + first * pixels, 8 + size + (first + count) * pixels),
  });
  return { train: part('train', 0, trainSize), test: part('test', trainSize, testSize) };
}

/** A digit is called by its figure: short beside its prototype. */
export const digitNames: readonly string[] = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'];
