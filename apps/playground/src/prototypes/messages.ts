import type { Separation } from '@hyperspherical/prototypes';

/** Asks for the best prototypes that the package finds. */
export interface PrototypesQuestion {
  readonly classes: number;
  readonly dimensions: number;
  readonly seed: number;
}

/** Repeats the question, so that an answer that came too late is known. */
export type PrototypesAnswer =
  | (PrototypesQuestion & {
      readonly values: Float32Array;
      readonly method: string;
      readonly separation: Separation;
    })
  | (PrototypesQuestion & { readonly problem: string });
