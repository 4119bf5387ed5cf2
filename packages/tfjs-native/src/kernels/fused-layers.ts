import {
  add,
  engine,
  mul,
  reshape,
  serialization,
  sub,
  tidy,
  type Tensor,
  type Variable,
} from '@tensorflow/tfjs';
import { fusedBatchNormalisation } from './fused-batch-normalisation.js';
import { hasKernel } from './has-kernel.js';

/** A weight of tf.layers. */
interface LayerVariable {
  read(): Variable;
  write(value: Tensor): unknown;
}

/** What a layer of `tf.layers.batchNormalization` holds. */
interface NormalisationLayer {
  readonly axis: number;
  readonly momentum: number;
  readonly epsilon: number;
  readonly gamma?: LayerVariable | null;
  readonly beta?: LayerVariable | null;
  readonly movingMean: LayerVariable;
  readonly movingVariance: LayerVariable;
  call(inputs: Tensor | Tensor[], kwargs: { readonly training?: boolean }): Tensor | Tensor[];
}

/**
 * Lets layers of `tf.layers.batchNormalization` train by the kernel `FusedBatchNormV3`, where the backend has it: one
 * pass over the input in each direction instead of a dozen. The moving statistics move as before, the variance by the
 * biased one. Everything else (inference, another axis, a layer without scale or offset) stays tfjs's own.
 */
export function registerFusedLayers(): void {
  const [layer] = serialization.SerializationMap.getMap().classNameMap.BatchNormalization ?? [];
  if (layer === undefined) return;
  const prototype = (layer as unknown as { prototype: NormalisationLayer }).prototype;
  // eslint-disable-next-line @typescript-eslint/unbound-method -- it is called with the layer below
  const plainCall = prototype.call;
  prototype.call = function (this: NormalisationLayer, inputs, kwargs) {
    const [x, ...others] = Array.isArray(inputs) ? inputs : [inputs];
    if (kwargs.training !== true || others.length > 0 || !isFusible(this, x!)) {
      return plainCall.call(this, inputs, kwargs);
    }
    return tidy(() => normalise(this, x!));
  };
}

function isFusible({ axis, momentum, gamma, beta }: NormalisationLayer, x: Tensor): boolean {
  return (
    (axis === -1 || axis === x.rank - 1) &&
    x.rank >= 2 &&
    x.rank <= 4 &&
    x.size > 0 &&
    x.dtype === 'float32' &&
    // A factor of 1 means something else to TensorFlow.
    momentum > 0 &&
    momentum < 1 &&
    Boolean(gamma && beta) &&
    hasKernel(fusedBatchNormalisation)
  );
}

function normalise(layer: NormalisationLayer, x: Tensor): Tensor {
  const channels = x.shape.at(-1)!;
  const count = x.size / channels;
  const [mean, variance] = [layer.movingMean.read(), layer.movingVariance.read()];
  const factor = 1 - layer.momentum;
  const [y, movedMean, movedVariance] = engine().runKernel<Tensor[]>(
    fusedBatchNormalisation,
    {
      x: x.rank === 4 ? x : reshape(x, [count, 1, 1, channels]),
      scale: layer.gamma!.read(),
      offset: layer.beta!.read(),
      mean,
      variance,
    },
    { epsilon: layer.epsilon, exponentialAverageFactor: factor },
  );
  layer.movingMean.write(movedMean!);
  // TensorFlow moves towards the unbiased variance, tfjs towards the biased one.
  const kept = mul(variance, layer.momentum);
  const share = count > 1 ? (count - 1) / count : 1;
  layer.movingVariance.write(add(kept, mul(sub(movedVariance!, kept), share)));
  return reshape(y!, x.shape);
}
