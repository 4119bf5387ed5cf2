import type { DatasetMetadata } from './dataset.js';

/** How `read` of a streamed dataset may be stopped. */
export interface ReadOptions {
  /** Stops the work: the promise rejects with the signal's reason. */
  readonly signal?: AbortSignal;
}

/** One split of a set of images that is too large for memory: labels and values are here, pixels are decoded when they are asked for. */
export interface StreamedDataset extends DatasetMetadata {
  /**
   * Decodes the images at these positions (0 to `size - 1`, any order, repeats allowed) into an array of the caller's own,
   * `[n, height, width, channels]`, one byte a channel. Several reads may be under way at once.
   */
  readonly read: (indices: ArrayLike<number>, options?: ReadOptions) => Promise<Uint8Array>;
  /** Frees threads and files. Reads that are under way reject, and so do later ones. */
  readonly close: () => Promise<void>;
}
