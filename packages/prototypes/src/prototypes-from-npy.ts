import { checkSizes } from './check-sizes.js';
import { decodeNpy } from './npy.js';
import { prototypesFromVectors } from './prototypes-from-vectors.js';
import type { Prototypes } from './prototypes.js';

/**
 * Prototypes from a `.npy` file of `[classes, dimensions]`, such as the reference code's `prototypes-50d-100c.npy`. Rows are
 * divided by their lengths.
 *
 * @throws {RangeError} If it is no such file, or a row is zero or not finite.
 * @see https://github.com/psmmettes/hpn
 *
 * @example
 * prototypesFromNpy(await readFile('prototypes-50d-100c.npy'));
 */
export function prototypesFromNpy(bytes: Uint8Array | ArrayBuffer): Prototypes {
  const { shape, values } = decodeNpy(bytes);
  const [classes, dimensions] = shape;
  if (classes === undefined || dimensions === undefined || shape.length !== 2) {
    throw new RangeError(`the .npy file must be of shape [classes, dimensions], and is of [${shape.join()}]`);
  }
  checkSizes({ classes, dimensions });
  const rows = Array.from({ length: classes }, (_, k) =>
    values.subarray(k * dimensions, (k + 1) * dimensions),
  );
  return prototypesFromVectors(rows);
}
