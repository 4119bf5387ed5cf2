import type { Tensor } from '@tensorflow/tfjs';

/** Throws where a number is out of range. */
export type NumberCheck = (value: number) => void;

/** The number that a scalar stands for, and who wants to know of checks. */
interface NumberArgument {
  readonly value: number;
  readonly onCheck: (check: NumberCheck) => void;
}

const numberArguments = new WeakMap<object, NumberArgument>();

/**
 * Says that a scalar stands for a number among the arguments of a compiled step; `onCheck` gets the checks that the step
 * makes of that number, so that later calls can make them again.
 */
export function standsForNumber(tensor: Tensor, value: number, onCheck: NumberArgument['onCheck']): void {
  numberArguments.set(tensor, { value, onCheck });
}

/**
 * Checks a number, or a scalar that stands for one; false for other tensors, whose values are not known here.
 *
 * @throws what `check` throws
 */
export function checkNumber(given: number | Tensor, check: NumberCheck): boolean {
  if (typeof given === 'number') {
    check(given);
    return true;
  }
  const argument = numberArguments.get(given);
  if (argument === undefined) return false;
  check(argument.value);
  argument.onCheck(check);
  return true;
}
