import {
  channelStatistics,
  datasetCard,
  splitIndices,
  subset,
  type ChannelStatistics,
} from '@hyperspherical/datasets';
import { loadDataset, openDataset, type LoadDatasetOptions } from '@hyperspherical/datasets/node';
import type { ImageSet } from './image-set.js';
import { createProgressPrinter } from '../../printing/progress-printer.js';
import { showDatasetProgress } from './show-dataset-progress.js';
import { messageOf } from '../../records/message-of.js';
import { UserError } from '../../records/user-error.js';

/** Both splits of a dataset, and what `environment.json` keeps about them. */
export interface Splits {
  readonly train: ImageSet;
  readonly test: ImageSet;
  readonly normalise: ChannelStatistics;
  readonly facts: Readonly<Record<string, unknown>>;
  /** Ends the threads that decode images, where there are any. */
  close(): Promise<void>;
}

/** Where a command's data comes from, and how it is read. */
export interface LoadSplitsOptions {
  readonly dataFolder?: string;
  /** The kind of labels, where a dataset has several. */
  readonly labels?: string;
  /** Which column holds the values, where a dataset has several. */
  readonly values?: string;
  /** Height and width that images of files are brought to. */
  readonly imageSize?: readonly [number, number];
  /** The share of the images to test on, where a folder of images has no splits of its own. */
  readonly holdOut?: number;
  /** Whether rows without an image, a label or a value are left out. */
  readonly skipIncomplete?: boolean;
  readonly signal: AbortSignal;
}

/** Image files are kept decoded in memory up to this size, and read again in every epoch above it. */
const mostBytesInMemory = 2 ** 29;

/** Of ImageNet's training images, which networks for photographs are usually normalised by. */
const imagenetChannels: ChannelStatistics = {
  mean: [0.485, 0.456, 0.406],
  standardDeviation: [0.229, 0.224, 0.225],
};

/**
 * Opens a dataset's training and test images, from the user's folder or from the cache, which is filled when empty. Sets of image files that are
 * too large for memory are decoded as they are read.
 */
export async function loadSplits(name: string, options: LoadSplitsOptions): Promise<Splits> {
  const { dataFolder, signal } = options;
  const card = datasetCard(name);
  if (dataFolder === undefined && card.sources.length === 0) {
    throw new UserError(
      `${card.title} is not fetched by the bench; give the folder that holds it with --data-folder.`,
    );
  }
  const printer = createProgressPrinter(process.stderr);
  const load = (split: 'train' | 'test' | 'all'): Promise<ImageSet> =>
    loadSplit(name, {
      ...fileOptions(options, card.imageShape === undefined || card.name === 'tiny-imagenet'),
      split,
      onProgress: showDatasetProgress(printer),
      signal,
    });
  try {
    const { train, test } =
      options.holdOut === undefined
        ? { train: await load('train'), test: await load('test') }
        : parted(await load('all'), options.holdOut);
    return {
      train,
      test,
      normalise:
        card.channels ?? ('images' in train ? divisible(channelStatistics(train)) : imagenetChannels),
      facts: {
        name,
        from: dataFolder ?? 'the cache, checked by sha256',
        trainImages: train.size,
        testImages: test.size,
        ...(dataFolder === undefined ? { checksums: card.splits } : {}),
      },
      async close() {
        for (const images of [train, test]) if ('close' in images) await images.close();
      },
    };
  } catch (error) {
    // What a person's own folder holds is input; what the cache holds is ours.
    if (dataFolder === undefined || signal.aborted) throw error;
    const message = messageOf(error);
    throw new UserError(message.replace(/^the data folder/, 'The data folder'), { cause: error });
  } finally {
    printer.close();
  }
}

/** A channel that is the same in all images is centered only: a deviation of 0 cannot divide. */
function divisible({ mean, standardDeviation }: ChannelStatistics): ChannelStatistics {
  return { mean, standardDeviation: standardDeviation.map((deviation) => (deviation === 0 ? 1 : deviation)) };
}

function fileOptions(
  { dataFolder, labels, values, imageSize, skipIncomplete }: LoadSplitsOptions,
  isFiles: boolean,
): LoadDatasetOptions {
  return {
    ...(dataFolder === undefined ? {} : { folder: dataFolder }),
    ...(labels === undefined ? {} : { labels }),
    ...(values === undefined ? {} : { values }),
    ...(imageSize === undefined ? {} : { imageSize }),
    ...(isFiles && skipIncomplete ? { skipIncomplete } : {}),
  };
}

async function loadSplit(name: string, options: LoadDatasetOptions): Promise<ImageSet> {
  // Where the card tells that the whole fits, opening it first would decode it twice.
  const { imageShape, splits } = datasetCard(name);
  const size = splits[options.split ?? 'train']?.size;
  if (options.imageSize === undefined && imageShape !== undefined && size !== undefined) {
    if (size * imageShape[0] * imageShape[1] * imageShape[2] <= mostBytesInMemory)
      return loadDataset(name, options);
  }
  const opened = await openDataset(name, options);
  const bytes = opened.imageShape.reduce((product, size) => product * size, opened.size);
  if (bytes > mostBytesInMemory) return opened;
  await opened.close();
  return loadDataset(name, options);
}

function parted(all: ImageSet, holdOut: number): { readonly train: ImageSet; readonly test: ImageSet } {
  // The same parts for all seeds of a run.
  const { train, validation } = splitIndices(all, { validation: holdOut, seed: 0 });
  return {
    train: { ...subset(all, train), split: 'train' },
    test: { ...subset(all, validation), split: 'test' },
  };
}
