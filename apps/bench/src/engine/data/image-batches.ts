import { type Batch, batches, type BatchOptions, streamBatches } from '@hyperspherical/datasets';
import type { ImageSet } from './image-set.js';

/**
 * The batches of one epoch, whether the images are in memory or are decoded as they are read. Batches may share their arrays: copy what
 * is to be kept before the next is asked for.
 */
export function imageBatches(
  images: ImageSet,
  options: BatchOptions,
): AsyncIterable<Batch> | Iterable<Batch> {
  const reusing = { ...options, reuseBuffers: true };
  return 'images' in images ? batches(images, reusing) : streamBatches(images, reusing);
}
