import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Backbone } from '@hyperspherical/backbones';
import type { ChannelStatistics } from '@hyperspherical/datasets';
import { concat, dispose, tensor4d, tidy, type Tensor2D } from '@tensorflow/tfjs-core';
import { imageBatches } from './data/image-batches.js';
import type { ImageSet } from './data/image-set.js';

/** Images a call of the network. */
const batchSize = 500;

/** What outputs are computed with. */
export interface CollectOutputsOptions {
  readonly backbone: Backbone;
  readonly normalise: ChannelStatistics;
  readonly signal: AbortSignal;
}

/** The network's outputs for all images of a split, `[size, dimensions]`, in evaluation mode; undefined when the signal stops it. */
export async function collectOutputs(
  images: ImageSet,
  { backbone, normalise, signal }: CollectOutputsOptions,
): Promise<Tensor2D | undefined> {
  const parts: Tensor2D[] = [];
  try {
    for await (const batch of imageBatches(images, { batchSize, normalise })) {
      parts.push(tidy(() => backbone.apply(tensor4d(batch.images, batch.shape), { training: false })));
      // Lets signals in.
      await nextTurn();
      if (signal.aborted) return undefined;
    }
    return concat(parts, 0);
  } finally {
    dispose(parts);
  }
}
