import type { DatasetCard } from '../dataset-card.js';

/** Any CSV file of images with labels, values or both. */
export const imageCsvCard: DatasetCard = {
  name: 'image-csv',
  title: 'A CSV file of images with labels or values',
  description:
    'Your own images: a CSV file with a column of paths and the columns that the options labels and values name; train.csv and test.csv, or one file for all.',
  homepage: 'https://www.rfc-editor.org/rfc/rfc4180',
  terms: 'Yours.',
  citation: '',
  caveat: 'Everything depends on the files; give a folder, and the option labels or values.',
  sources: [],
  classNames: {},
  splits: {},
};
