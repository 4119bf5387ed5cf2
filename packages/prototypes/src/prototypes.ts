/** Class prototypes: one point on the unit hypersphere for every class. */
export interface Prototypes {
  /** How many, K. */
  readonly classes: number;
  /** Of the space they lie in, D. */
  readonly dimensions: number;
  /** `[classes, dimensions]`, row-major: row k is the prototype of class k, of length 1. */
  readonly values: Float32Array;
  /** What made them: the name of a method, of a construction, or `given`. */
  readonly method: string;
}
