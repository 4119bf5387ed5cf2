import type { Bounds } from './bounds.js';

/** Prototypes as plain JSON: `values` holds float32 numbers, which decimal digits keep exactly. */
export interface PrototypesConfiguration {
  readonly classes: number;
  readonly dimensions: number;
  readonly method: string;
  readonly values: readonly number[];
}

/** How much classes count, as plain JSON. */
export interface ClassWeighting {
  /** The weight of each class in the loss: finite, at least 0, not all 0. Default: all 1. */
  readonly classWeights?: readonly number[];
  /** A label that means "none", for instance -1: its examples get loss 0 and no gradient. Default: no such label. */
  readonly ignoredLabel?: number;
}

/** The JSON of `prototypeClassifier`. */
export interface PrototypeClassifierConfiguration extends ClassWeighting {
  readonly kind: 'prototype-classifier';
  readonly prototypes: PrototypesConfiguration;
}

/** The JSON of `softmaxClassifier`. */
export interface SoftmaxClassifierConfiguration extends ClassWeighting {
  readonly kind: 'softmax-classifier';
  readonly classes: number;
}

/** The JSON of `prototypeRegressor`. */
export interface PrototypeRegressorConfiguration {
  readonly kind: 'prototype-regressor';
  readonly dimensions: number;
  readonly bounds: Bounds | readonly Bounds[];
  readonly clamp: boolean;
}

/** The JSON of `jointHead`. */
export interface JointConfiguration extends ClassWeighting {
  readonly kind: 'joint';
  readonly prototypes: PrototypesConfiguration;
  readonly bounds: Bounds;
  readonly weights: { readonly classification: number; readonly regression: number };
  readonly layout: 'separate' | 'shared';
  readonly clamp: boolean;
}

/** The JSON of `cosineClassifier`. */
export interface CosineClassifierConfiguration extends ClassWeighting {
  readonly kind: 'cosine-classifier';
  readonly prototypes: PrototypesConfiguration;
  readonly learned: boolean;
  readonly loss: 'cosine-softmax' | 'cosface' | 'arcface';
  readonly scale: number;
  readonly margin: number | readonly number[];
}

/** The JSON of `linearRegressor`. */
export interface LinearRegressorConfiguration {
  readonly kind: 'linear-regressor';
  readonly standards: Standard | readonly Standard[];
}

/** What a target's values are centred on and divided by. */
export interface Standard {
  readonly mean: number;
  readonly deviation: number;
}

/** The JSON of `ordinalClassifier`: a user's own distance stands there as the matrix of its values. */
export interface OrdinalClassifierConfiguration extends ClassWeighting {
  readonly kind: 'ordinal-classifier';
  readonly classes: number;
  readonly distance: 'absolute' | 'squared' | 'squared-log' | readonly (readonly number[])[];
  readonly decoding: 'argmax' | 'expectation';
}

/** The JSON of `nearestMeanClassifier`: the means as they are. */
export interface NearestMeanClassifierConfiguration extends ClassWeighting {
  readonly kind: 'nearest-mean-classifier';
  readonly means: PrototypesConfiguration;
  readonly decay: number;
}

/** What `head.toJSON()` returns, one shape a kind: the options of the head's constructor as plain data. */
export type HeadConfiguration =
  | PrototypeClassifierConfiguration
  | SoftmaxClassifierConfiguration
  | PrototypeRegressorConfiguration
  | JointConfiguration
  | CosineClassifierConfiguration
  | LinearRegressorConfiguration
  | OrdinalClassifierConfiguration
  | NearestMeanClassifierConfiguration;
