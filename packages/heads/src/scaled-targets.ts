import {
  add,
  clipByValue,
  div,
  maximum,
  minimum,
  mul,
  sub,
  tensor1d,
  type Tensor2D,
  tidy,
} from '@tensorflow/tfjs-core';
import type { Bounds } from './bounds.js';
import { keptTensor } from './kept-tensor.js';

/** The way between values in their own unit and positions from -1 (lower bound) to 1 (upper bound). */
export interface ScaledTargets {
  /** `2 (y - lower) / (upper - lower) - 1`, `[batch, targets]`. */
  readonly toPositions: (values: Tensor2D) => Tensor2D;
  /** `(position + 1) / 2 * (upper - lower) + lower`, `[batch, targets]`. */
  readonly toValues: (positions: Tensor2D) => Tensor2D;
  readonly dispose: () => void;
}

/** Scales several targets by their bounds; clamped, both ways stay within them. */
export function scaledTargets(bounds: readonly Bounds[], clamp: boolean): ScaledTargets {
  const lower = keptTensor(() => tensor1d(bounds.map((each) => each.lower)));
  const upper = keptTensor(() => tensor1d(bounds.map((each) => each.upper)));
  const halfRange = keptTensor(() => tensor1d(bounds.map((each) => (each.upper - each.lower) / 2)));
  return {
    toPositions: (values) =>
      tidy(() => {
        const positions = sub<Tensor2D>(div(sub(values, lower.get()), halfRange.get()), 1);
        return clamp ? clipByValue(positions, -1, 1) : positions;
      }),
    toValues: (positions) =>
      tidy(() => {
        const values = add<Tensor2D>(mul(add(positions, 1), halfRange.get()), lower.get());
        return clamp ? maximum<Tensor2D>(minimum(values, upper.get()), lower.get()) : values;
      }),
    dispose: () => {
      for (const constant of [lower, upper, halfRange]) constant.dispose();
    },
  };
}
