import type { Tensor2D, Tensor4D, Variable } from '@tensorflow/tfjs-core';
import type { CifarResnetOptions } from './networks/cifar-resnet.js';
import type { ConvnetOptions } from './networks/convnet.js';
import type { DensenetOptions } from './networks/densenet.js';
import type { MlpOptions } from './networks/mlp.js';
import type { ResnetOptions } from './networks/resnet.js';
import type { LoadWeightsOptions, NamedWeights } from './named-weights.js';

/** What `createBackbone` can build; `kind` tells them apart. */
export type BackboneOptions =
  CifarResnetOptions | ConvnetOptions | DensenetOptions | MlpOptions | ResnetOptions;

/** The names of the networks. */
export type BackboneKind = BackboneOptions['kind'];

/** A network from images to feature vectors, with its variables. */
export interface Backbone {
  readonly kind: BackboneKind;
  /** The options with every default filled in: `createBackbone(backbone.options)` builds the same network again. */
  readonly options: BackboneOptions;
  readonly outputDimensions: number;
  /**
   * Runs the network on `[batch, height, width, channels]` images; the result is `[batch, outputDimensions]`.
   *
   * With `training: true` batch normalisation uses the batch's own statistics and moves the running ones towards
   * them; otherwise (the default) it uses the running ones and nothing changes. May be called inside `tf.tidy`,
   * `tf.grads` and `tf.variableGrads`, and never reads a tensor back to the host.
   *
   * A batch without images gives `[0, outputDimensions]`; there is nothing to train on in it.
   *
   * @throws {TypeError} If the images are no float32 tensor of rank 4.
   * @throws {RangeError} If their size does not fit the network, or there are none in training.
   */
  apply(images: Tensor4D, options?: { readonly training?: boolean }): Tensor2D;
  /** All variables in a fixed order: weights, and the running statistics of batch normalisation. */
  readonly variables: readonly Variable[];
  /** Those that gradients change. */
  readonly trainableVariables: readonly Variable[];
  /** Numbers in the trainable variables, which is what papers and PyTorch count. */
  readonly parameterCount: number;
  /** Copies every variable to the host; their names are the same for every network of the same options. */
  weights(): NamedWeights;
  /**
   * Sets every variable from `weights()` of a network of the same options. Nothing changes when anything is wrong.
   * `module.` and `_orig_mod.`, which PyTorch's DataParallel and torch.compile put into names, are taken off.
   *
   * @throws {RangeError} If a name is missing, unknown or double, or a shape differs.
   */
  loadWeights(weights: NamedWeights, options?: LoadWeightsOptions): void;
  /** Frees the variables; the backbone is unusable afterwards. */
  dispose(): void;
}
