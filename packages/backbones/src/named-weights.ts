/** The numbers of one variable, in row-major order. */
export interface NamedWeight {
  readonly name: string;
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

/** The numbers of a network, in the order of its variables. */
export type NamedWeights = readonly NamedWeight[];

/** How to load weights. */
export interface LoadWeightsOptions {
  /**
   * Default false. True leaves the output layer as it is and needs no weights for it: to carry a trained network over
   * to another task, whatever its number of outputs.
   */
  readonly exceptOutput?: boolean;
}
