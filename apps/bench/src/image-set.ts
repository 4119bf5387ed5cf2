import type { Dataset } from '@hyperspherical/datasets';

/** One split of images: in memory. */
export type ImageSet = Dataset;
