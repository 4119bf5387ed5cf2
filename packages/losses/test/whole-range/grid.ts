import type { Tensor1D, Tensor2D } from '@tensorflow/tfjs-core';
import type * as losses from '../../src/index.js';
import type { Row } from '../reference-losses.js';
import type { Scalar } from '../scalar.js';

/** A function under test, its formula in float64, and where to compare the two. */
export interface WholeRangeCase {
  readonly name: keyof typeof losses;
  readonly options: string;
  /** The arguments that get a gradient. */
  readonly inputs: readonly (readonly (readonly number[])[])[];
  /** `[batch]`, or a scalar as `[1]`. */
  readonly loss: (inputs: Tensor2D[]) => Tensor1D;
  readonly formula: (inputs: Row[][]) => Scalar[];
  /** What cosines are multiplied by, and so float32's resolution of them. Default 1. */
  readonly scale?: number;
  /** True: not of directions alone, so that gradients do not grow as rows get shorter. */
  readonly ofLengths?: boolean;
}

const small = [0, 1e-6, 1e-5, 1e-4, 1e-3, 1e-2, 0.1];
const angles = [...small, 0.5, 1, Math.PI / 2, 2, ...small.map((angle) => Math.PI - angle)];
export const lengths = [1e-20, 1e-6, 1e-3, 0.1, 1, 3, 5, 8, 26, 100, 1e6, 1e20];

/** A row in float32 at an angle with the first axis. Exact at 0 and pi, and precise next to them. */
export function rowAt(angle: number, length: number, dimensions: number): number[] {
  const rest = Math.PI - angle;
  const sine = angle < 2 ? Math.sin(angle) : Math.sin(rest);
  const row = [angle < 2 ? Math.cos(angle) : -Math.cos(rest), sine];
  return Array.from({ length: dimensions }, (_, axis) => Math.fround(length * (row[axis] ?? 0)));
}

/** Every angle with the first axis at every length, and the zero vector. */
export function grid(dimensions: number): number[][] {
  const all = dimensions === 1 ? [0, Math.PI] : angles;
  return [
    ...all.flatMap((angle) => lengths.map((length) => rowAt(angle, length, dimensions))),
    Array.from({ length: dimensions }, () => 0),
  ];
}
