import {
  add,
  cast,
  getBackend,
  greaterEqual,
  mul,
  tidy,
  type LayersModel,
  type Scalar,
  type Tensor,
} from '@tensorflow/tfjs';
import { backendName } from '../engine/backend-name.js';
import { statelessRandomNormal } from '../random/stateless-random-normal.js';
import { statelessRandomUniform } from '../random/stateless-random-uniform.js';

/** What a layer of tf.layers that draws random numbers has, as far as it is needed here. */
interface NoiseLayer {
  readonly rate?: number;
  readonly stddev?: number;
  getClassName(): string;
  getNoiseShape?(input: Tensor): number[] | null | undefined;
  invokeCallHook(inputs: unknown, kwargs: unknown): void;
  call?: (inputs: Tensor | Tensor[], kwargs: { readonly training?: boolean }) => Tensor | Tensor[];
}

/** A model, or a layer around others. */
interface Container {
  readonly layers?: readonly unknown[];
  readonly layer?: unknown;
}

/** Where a draw comes from. */
interface Key {
  readonly seed: number;
  readonly step: Scalar;
}

const noises: Readonly<Record<string, (x: Tensor, layer: NoiseLayer, key: Key) => Tensor>> = {
  Dropout: droppedOut,
  SpatialDropout1D: droppedOut,
  GaussianNoise: (x, { stddev = 0 }, key) =>
    add(x, statelessRandomNormal(x.shape, { ...key, standardDeviation: stddev })),
  GaussianDropout: (x, { rate = 0 }, key) =>
    isShare(rate)
      ? mul(
          x,
          statelessRandomNormal(x.shape, {
            ...key,
            mean: 1,
            standardDeviation: Math.sqrt(rate / (1 - rate)),
          }),
        )
      : x,
};

function isShare(rate: number): boolean {
  return rate > 0 && rate < 1;
}

function droppedOut(x: Tensor, layer: NoiseLayer, key: Key): Tensor {
  const { rate = 0 } = layer;
  if (!isShare(rate)) return x;
  const shape = layer.getNoiseShape?.(x) ?? x.shape;
  const kept = cast(greaterEqual(statelessRandomUniform(shape, key), rate), 'float32');
  return mul(x, mul(kept, 1 / (1 - rate)));
}

/** Lets the layers of a model draw their noise in TensorFlow while a step runs. */
export interface LayerNoise {
  /** How many layers of the model draw noise. */
  readonly layers: number;
  /** Runs one step, whose noise depends on the seed and `step` alone. */
  during<Result>(step: Scalar, run: () => Result): Result;
  /** Gives the layers back as they were. */
  restore(): void;
}

/** For dropout, spatial dropout and Gaussian noise, in models and wrappers inside the model too. */
export function nativeLayerNoise(model: LayersModel, seed: number): LayerNoise {
  let step: Scalar | undefined;
  let draws = 0;
  const layers = [...noiseLayersOf(model)];
  for (const layer of layers) {
    const noise = noises[layer.getClassName()]!;
    const plainCall = layer.call!.bind(layer);
    layer.call = (inputs, kwargs) => {
      if (step === undefined || kwargs.training !== true || getBackend() !== backendName) {
        return plainCall(inputs, kwargs);
      }
      layer.invokeCallHook(inputs, kwargs);
      // A layer that is called twice in a step draws twice.
      const key = { seed: (Math.imul(seed + 1, 0x9e3779b1) + draws++) | 0, step };
      const [x] = Array.isArray(inputs) ? inputs : [inputs];
      return tidy(() => noise(x!, layer, key));
    };
  }
  return {
    layers: layers.length,
    during(number, run) {
      step = number;
      draws = 0;
      try {
        return run();
      } finally {
        step = undefined;
      }
    },
    restore() {
      for (const layer of layers) delete layer.call;
    },
  };
}

function noiseLayersOf(container: unknown, seen = new Set<NoiseLayer>()): Set<NoiseLayer> {
  const { layers = [], layer } = container as Container;
  for (const each of layer === undefined ? layers : [layer]) {
    const inner = each as NoiseLayer;
    if (Object.hasOwn(noises, inner.getClassName())) seen.add(inner);
    noiseLayersOf(inner, seen);
  }
  return seen;
}
