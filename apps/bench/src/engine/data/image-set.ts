import type { Dataset, StreamedDataset } from '@hyperspherical/datasets';

/** One split of images: in memory, or decoded as it is read. */
export type ImageSet = Dataset | StreamedDataset;
