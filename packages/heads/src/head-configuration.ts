/** Prototypes as plain JSON: `values` holds float32 numbers, which decimal digits keep exactly. */
export interface PrototypesConfiguration {
  readonly classes: number;
  readonly dimensions: number;
  readonly method: string;
  readonly values: readonly number[];
}

/** What `head.toJSON()` returns, one shape a kind: the options of the head's constructor as plain data. */
export type HeadConfiguration =
  | { readonly kind: 'prototype-classifier'; readonly prototypes: PrototypesConfiguration }
  | { readonly kind: 'softmax-classifier'; readonly classes: number }
  | {
      readonly kind: 'prototype-regressor';
      readonly dimensions: number;
      readonly bounds:
        | { readonly lower: number; readonly upper: number }
        | readonly { readonly lower: number; readonly upper: number }[];
      readonly clamp: boolean;
    };
