import type { DatasetCard } from '../dataset-card.js';

/** OmniArt, as far as it is known without its files. */
export const omniartCard: DatasetCard = {
  name: 'omniart',
  title: 'OmniArt',
  description:
    'Photographs of works of art with their creation year, school and century: a table (CSV) and one JPEG file a work.',
  homepage: 'https://www.vistory-omniart.com/',
  terms: 'As each collection states; the metadata are published for research.',
  citation: 'G. Strezoski, M. Worring. OmniArt: A Large-scale Artistic Benchmark. ACM TOMM 14(4), 2018.',
  caveat:
    'There is no archive to fetch, and the official files could not be reached when this card was written: give a folder. Sizes and classes are those of your files, ' +
    'the channel statistics are those of ImageNet, by which the paper normalises, and there are no checksums.',
  sources: [],
  imageShape: [224, 224, 3],
  channels: { mean: [0.485, 0.456, 0.406], standardDeviation: [0.229, 0.224, 0.225] },
  classNames: { school: [], century: [], artwork_type: [], general_type: [] },
  values: { name: 'creation year', unit: 'years', bounds: [1000, 1932] },
  splits: { train: {}, test: {}, all: {} },
};
