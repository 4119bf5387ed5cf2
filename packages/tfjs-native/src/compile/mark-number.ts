import type { Tensor } from '@tensorflow/tfjs';
import { standsForNumber, type NumberCheck } from '../engine/number-argument.js';

/** Whom a scalar in a number's place asks. */
export interface NumberListener {
  /** The step computes with the scalar in JavaScript, as with a number, by way of `caller`. */
  readonly onPrimitive?: (caller: () => number) => void;
  /** The step checks the number. */
  readonly onCheck?: (check: NumberCheck) => void;
}

/** Makes a scalar stand for the number that a step was called with: JavaScript that computes with it gets the number. */
export function markNumber(
  scalar: Tensor,
  value: number,
  { onPrimitive, onCheck }: NumberListener = {},
): void {
  const toPrimitive = (): number => {
    onPrimitive?.(toPrimitive);
    return value;
  };
  Object.defineProperty(scalar, Symbol.toPrimitive, { value: toPrimitive });
  standsForNumber(scalar, value, (check) => onCheck?.(check));
}
