import { customGrad, type GradSaveFunc, type Tensor, tidy } from '@tensorflow/tfjs-core';

/** A function with a gradient written by hand, for one call. */
export interface OwnGradient<Value extends Tensor> {
  /** Computes the value; `save` keeps, for `backward`, tensors that tfjs would dispose before. Call it at most once. */
  readonly forward: (save: GradSaveFunc) => Value;
  /** The gradient of each input, from the gradient of the value and the saved tensors. */
  readonly backward: (gradient: Value, saved: Tensor[]) => Tensor[];
}

/**
 * Calls `forward` so that tfjs differentiates it by `backward` with respect to `inputs`. What else `forward` reads
 * gets no gradient; what `backward` needs must be saved, since tfjs disposes intermediate tensors in between.
 * First derivatives only.
 */
export function ownGradient<Value extends Tensor>(
  inputs: readonly Tensor[],
  { forward, backward }: OwnGradient<Value>,
): Value {
  const differentiable = customGrad<Tensor>((...inputsAndSave) => ({
    value: forward(inputsAndSave.at(-1) as GradSaveFunc),
    // tfjs frees what a gradient leaves behind only after the whole backward pass.
    gradFunc: (gradient, saved) => tidy(() => backward(gradient as Value, saved)),
  }));
  return differentiable(...inputs) as Value;
}
