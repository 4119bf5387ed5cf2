import {
  channelStatistics,
  datasetCard,
  type ChannelStatistics,
  type Dataset,
} from '@hyperspherical/datasets';
import { loadDataset } from '@hyperspherical/datasets/node';
import type { ImageSet } from './image-set.js';
import { showDatasetProgress } from './show-dataset-progress.js';
import { UserError } from './user-error.js';
import { createProgressPrinter } from './progress-printer.js';

/** Both splits of a dataset, and what `environment.json` keeps about them. */
export interface Splits {
  readonly train: ImageSet;
  readonly test: ImageSet;
  readonly normalise: ChannelStatistics;
  readonly facts: Readonly<Record<string, unknown>>;
}

/** Where a command's data comes from, and how much of it is used. */
export interface LoadSplitsOptions {
  readonly dataFolder?: string;
  /** The kind of labels, where a dataset has several. */
  readonly labels?: string;
  /** Which column holds the values, where a dataset has several. */
  readonly values?: string;
  /** Height and width that images of files are brought to. */
  readonly imageSize?: readonly [number, number];
  readonly signal: AbortSignal;
}

/** Loads a dataset's training and test images, from the user's folder or from the cache, which is filled when empty. */
export async function loadSplits(
  name: string,
  { dataFolder, labels, signal }: LoadSplitsOptions,
): Promise<Splits> {
  const card = datasetCard(name);
  const printer = createProgressPrinter(process.stderr);
  const load = async (split: 'train' | 'test'): Promise<Dataset> =>
    loadDataset(name, {
      split,
      ...(labels === undefined ? {} : { labels }),
      ...(dataFolder === undefined ? {} : { folder: dataFolder }),
      onProgress: showDatasetProgress(printer),
      signal,
    });
  try {
    const train = await load('train');
    const test = await load('test');
    return {
      train,
      test,
      normalise: card.channels ?? channelStatistics(train),
      facts: {
        name,
        from: dataFolder ?? 'the cache, checked by sha256',
        trainImages: train.size,
        testImages: test.size,
        ...(dataFolder === undefined ? { checksums: card.splits } : {}),
      },
    };
  } catch (error) {
    // What a person's own folder holds is input; what the cache holds is ours.
    if (dataFolder === undefined || signal.aborted) throw error;
    throw new UserError(error instanceof Error ? error.message : String(error), { cause: error });
  } finally {
    printer.close();
  }
}
