import { dispose, memory, type TensorContainer } from '@tensorflow/tfjs-core';

/**
 * How many tensors `run` leaves behind besides those that it returns: 0 for a function that tidies after itself.
 * What `run` returns is disposed.
 */
export function tensorsLeft(run: () => TensorContainer): number {
  const before = memory().numTensors;
  dispose(run());
  return memory().numTensors - before;
}
