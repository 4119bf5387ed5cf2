/** A construction of unit vectors whose largest cosine is known. */
export interface SphericalCode {
  readonly name: string;
  readonly classes: number;
  readonly dimensions: number;
  /** Largest cosine of all its rows; a part of them may have a smaller one. */
  readonly maxCosine: number;
  /** The first `count` unit rows, `[count, dimensions]`. */
  rows(count: number): Float64Array;
}
