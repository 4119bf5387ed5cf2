import { tidy, type Tensor4D } from '@tensorflow/tfjs-core';

/** A layer or block of layers on images `[batch, height, width, channels]`. */
export type Layer = (x: Tensor4D, training: boolean) => Tensor4D;

/**
 * Layers one after the other. Each one's input is freed when the next has it, which otherwise would live until the end
 * of the network; gradients are not disturbed, since they keep what they need.
 */
export function inTurn(layers: readonly Layer[]): Layer {
  return (x, training) => {
    let features = x;
    for (const layer of layers) {
      const next = tidy(() => layer(features, training));
      // A tidy hands back its result even where that is the input itself.
      if (features !== x && next !== features) features.dispose();
      features = next;
    }
    return features;
  };
}
