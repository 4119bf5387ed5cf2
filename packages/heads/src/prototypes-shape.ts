/** Class prototypes: `classes` rows of `dimensions` numbers, row-major, each of length 1. */
export interface Prototypes {
  readonly classes: number;
  readonly dimensions: number;
  readonly values: Float32Array;
  readonly method: string;
}
