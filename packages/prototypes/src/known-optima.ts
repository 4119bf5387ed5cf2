const { cos, sqrt, PI } = Math;
const degrees = (angle: number): number => cos((angle * PI) / 180);

/** A number of points whose best arrangement is known and proven. */
export interface KnownOptimum {
  readonly dimensions: number;
  readonly classes: number;
  /** The smallest largest cosine that so many points can have. */
  readonly maxCosine: number;
}

/**
 * Optima that are proven and that Levenshtein's bound does not give by itself, besides circle, simplex and orthoplex.
 *
 * In 3 dimensions: Schuette & van der Waerden 1951, Danzer 1986, Robinson 1961, Musin & Tarasov 2012 and 2015; digits from Cohn's and
 * Sloane's tables of spherical codes. In 4: Bachoc & Vallentin 2009, de Laat, Leijenhorst & de Muinck Keizer 2024 (24-cell), Andreev
 * 1999 (600-cell).
 */
export const knownOptima: readonly KnownOptimum[] = [
  { dimensions: 3, classes: 7, maxCosine: 0.2101383127306031 },
  { dimensions: 3, classes: 8, maxCosine: 0.2612038749637414 },
  { dimensions: 3, classes: 9, maxCosine: 1 / 3 },
  { dimensions: 3, classes: 10, maxCosine: 0.4043943252162508 },
  { dimensions: 3, classes: 11, maxCosine: 1 / sqrt(5) },
  { dimensions: 3, classes: 13, maxCosine: degrees(57.1367031) },
  { dimensions: 3, classes: 14, maxCosine: cos(0.971634742886224) },
  { dimensions: 3, classes: 24, maxCosine: degrees(43.6907671) },
  { dimensions: 4, classes: 10, maxCosine: 1 / 6 },
  { dimensions: 4, classes: 24, maxCosine: 1 / 2 },
  { dimensions: 4, classes: 120, maxCosine: (1 + sqrt(5)) / 4 },
];
