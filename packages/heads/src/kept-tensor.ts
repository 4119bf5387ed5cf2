import { keep, type Tensor, tidy } from '@tensorflow/tfjs-core';

/** A constant that is put on the device when it is first needed, and stays until it is disposed. */
export interface KeptTensor<T extends Tensor> {
  /** The tensor; not to be disposed by the caller. */
  readonly get: () => T;
  readonly dispose: () => void;
}

/** Wraps `make`, which is called once: later uses, also inside another `tidy` or step, see the same tensor. */
export function keptTensor<T extends Tensor>(make: () => T): KeptTensor<T> {
  let tensor: T | undefined;
  return {
    get: () => {
      if (tensor === undefined || tensor.isDisposed) tensor = keep(tidy(make));
      return tensor;
    },
    dispose: () => {
      tensor?.dispose();
      tensor = undefined;
    },
  };
}
