import { join } from 'node:path';
import { cub2002011Card } from '../../cards/cub-200-2011-card.js';
import { imageCsvCard } from '../../cards/image-csv-card.js';
import { imageFolderCard } from '../../cards/image-folder-card.js';
import { omniartCard } from '../../cards/omniart-card.js';
import { tinyImagenetCard } from '../../cards/tiny-imagenet-card.js';
import { briefly, md5Integrity } from '../dataset-definition.js';
import type { LayoutDefinition } from '../layout-definition.js';
import { cubTable } from '../layouts/cub-table.js';
import { imageCsvTable } from '../layouts/image-csv-table.js';
import { imageFolderSplits, imageFolderTable } from '../layouts/image-folder-table.js';
import { pathKind } from '../layouts/list-images.js';
import { omniartTable } from '../layouts/omniart-table.js';
import { tinyImagenetTable } from '../layouts/tiny-imagenet-table.js';

const both = (): Promise<readonly string[]> => Promise.resolve(['train', 'test']);

/** Those splits of which one of the paths is there; `all` when none is. */
function splitsWith(paths: Readonly<Record<string, readonly string[]>>) {
  return async (folder: string): Promise<readonly string[]> => {
    const found: string[] = [];
    for (const [split, names] of Object.entries(paths)) {
      const kinds = await Promise.all(names.map((name) => pathKind(join(folder, name))));
      if (kinds.some((kind) => kind !== 'nothing')) found.push(split);
    }
    return found.length > 0 ? found : ['all'];
  };
}

const tinyImagenet: LayoutDefinition = {
  card: tinyImagenetCard,
  readTable: tinyImagenetTable,
  splitsOf: both,
  archives: [
    {
      ...briefly,
      ...tinyImagenetCard.sources[0]!,
      spec: tinyImagenetCard.sources[0]!.location,
      integrity: md5Integrity('90528d7ca1a48142e341f4ef8d21d0de'),
      folder: 'tiny-imagenet-200',
      mostBytes: 2 ** 30,
      mostFiles: 200_000,
    },
  ],
};

const cub: LayoutDefinition = {
  card: cub2002011Card,
  readTable: cubTable,
  splitsOf: both,
  imageSize: [224, 224],
  archives: [
    {
      ...briefly,
      ...cub2002011Card.sources[0]!,
      spec: cub2002011Card.sources[0]!.location,
      integrity: md5Integrity('97eceeb196236b17998738112f37df78'),
      folder: 'CUB_200_2011',
      mostBytes: 2 ** 32,
      mostFiles: 20_000,
    },
  ],
};

const omniart: LayoutDefinition = {
  card: omniartCard,
  readTable: omniartTable,
  splitsOf: splitsWith({
    train: ['train_complete.csv', 'train.csv'],
    test: ['test_complete.csv', 'test.csv'],
  }),
  imageSize: [224, 224],
  archives: [],
};

const imageFolder: LayoutDefinition = {
  card: imageFolderCard,
  readTable: imageFolderTable,
  splitsOf: imageFolderSplits,
  archives: [],
};

const imageCsv: LayoutDefinition = {
  card: imageCsvCard,
  readTable: imageCsvTable,
  splitsOf: splitsWith({ train: ['train.csv'], test: ['test.csv'] }),
  archives: [],
};

/** The datasets of image files, by name. */
export const layoutDefinitions = {
  'tiny-imagenet': tinyImagenet,
  'cub-200-2011': cub,
  omniart,
  'image-folder': imageFolder,
  'image-csv': imageCsv,
} as const;
