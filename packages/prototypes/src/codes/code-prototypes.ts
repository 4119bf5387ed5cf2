import { checkSizes } from '../check-sizes.js';
import type { Prototypes } from '../prototypes.js';
import { bchCodes } from './bch-codes.js';
import { mutuallyUnbiasedBases } from './mutually-unbiased-bases.js';
import { sharpCodes } from './sharp-codes.js';
import type { SphericalCode } from './spherical-code.js';

/** The construction with the smallest known largest cosine for at least so many points in at most so many dimensions. */
export function bestCode(classes: number, dimensions: number): SphericalCode | undefined {
  return [...sharpCodes, ...mutuallyUnbiasedBases, ...bchCodes(classes, dimensions)]
    .filter((code) => code.classes >= classes && code.dimensions <= dimensions)
    .reduce<SphericalCode | undefined>(
      (best, code) => (best && best.maxCosine <= code.maxCosine + 1e-12 ? best : code),
      undefined,
    );
}

/**
 * Points of the best construction that is known here: sharp configurations (icosahedron, 600-cell, E8 and the Leech lattice with
 * their sections, the Higman-Sims graph, 276 equiangular lines), real mutually unbiased bases (Kerdock codes), or binary BCH
 * codes (the first-order Reed-Muller codes among them). Nothing is random, and thousands of classes take no time.
 *
 * Classes beyond those asked for are left out, and dimensions beyond those of the code stay 0.
 *
 * @returns Prototypes whose method is `code:` and the name of the construction.
 * @throws {RangeError} If no construction has that many points in that many dimensions.
 * @see Lindstrom et al. 2024, "Error-correcting output codes as hyperspherical prototypes", for binary codes.
 *
 * @example
 * codePrototypes({ classes: 240, dimensions: 8 }).method; // 'code:e8'
 */
export function codePrototypes({
  classes,
  dimensions,
}: {
  readonly classes: number;
  readonly dimensions: number;
}): Prototypes {
  checkSizes({ classes, dimensions });
  const code = bestCode(classes, dimensions);
  if (!code) {
    throw new RangeError(
      `no code is known here for ${classes} classes in ${dimensions} dimensions; take fewer classes, more dimensions, or another method`,
    );
  }
  const rows = code.rows(classes);
  const values = new Float32Array(classes * dimensions);
  for (let row = 0; row < classes; row += 1) {
    values.set(rows.subarray(row * code.dimensions, (row + 1) * code.dimensions), row * dimensions);
  }
  return { classes, dimensions, values, method: `code:${code.name}` };
}
