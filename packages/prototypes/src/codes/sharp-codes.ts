import { higmanSimsRows } from './higman-sims-rows.js';
import { equiangularLinesRows, leechRows } from './leech-rows.js';
import { e8Rows, hexacosichoronRows, icosahedronRows } from './polytopes.js';
import { neighbours } from './section.js';
import type { SphericalCode } from './spherical-code.js';

type Build = () => Float64Array;

/** A code, and the codes that its neighbours, their neighbours and so on form: each has one dimension less. */
function family(name: string, dimensions: number, maxCosine: number, sizes: readonly number[], build: Build) {
  const codes: SphericalCode[] = [];
  for (const [step, classes] of sizes.entries()) {
    const [d, s] = [dimensions - step, maxCosine / (1 + step * maxCosine)];
    const before = codes.at(-1);
    const all: Build = before
      ? () => neighbours(before.rows(before.classes), before.dimensions, before.maxCosine)
      : build;
    codes.push({
      name: step === 0 ? name : `${name}-section-${classes}`,
      classes,
      dimensions: d,
      maxCosine: s,
      rows: (count) => all().slice(0, count * d),
    });
  }
  return codes;
}

/**
 * Configurations that no arrangement of as many points beats, but for the last two of the Higman-Sims family, which are merely good.
 *
 * @see Cohn & Kumar 2007, "Universally optimal distribution of points on spheres", Table 1.
 */
export const sharpCodes: readonly SphericalCode[] = [
  ...family('icosahedron', 3, 1 / Math.sqrt(5), [12], icosahedronRows),
  ...family('600-cell', 4, (1 + Math.sqrt(5)) / 4, [120], hexacosichoronRows),
  ...family('e8', 8, 1 / 2, [240, 56, 27, 16, 10], e8Rows),
  ...family('higman-sims', 22, 1 / 11, [100, 77, 60], higmanSimsRows),
  ...family('equiangular-lines', 23, 1 / 5, [552, 275, 162], equiangularLinesRows),
  ...family('leech', 24, 1 / 2, [196_560, 4600, 891], leechRows),
];
