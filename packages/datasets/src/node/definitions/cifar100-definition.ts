import { cifar100Card } from '../../cards/cifar100-card.js';
import { decodeCifar100 } from '../../decode-cifar100.js';
import { asTheyAre, briefly, type DatasetDefinition, md5Integrity } from '../dataset-definition.js';
import { tarEntriesReader } from '../read-tar-entries.js';

const folder = 'cifar-100-binary';

const train = {
  name: 'train.bin',
  bytes: 153_700_000,
  sha256: 'f31298fc616915fa142368359df1c4ca2ae984d6915ca468b998a5ec6aeebf29',
};

const test = {
  name: 'test.bin',
  bytes: 30_740_000,
  sha256: 'd8b1e6b7b3bee4020055f0699b111f60b1af1e262aeb93a0b659061746f8224a',
};

const toronto = cifar100Card.sources[0]!;

/** How CIFAR-100 is found, fetched and decoded. */
export const cifar100Definition: DatasetDefinition = {
  card: cifar100Card,
  folders: [folder],
  archive: 'cifar-100-binary.tar.gz',
  splits: { train: [train], test: [test] },
  sources: [
    {
      ...toronto,
      downloads: [
        {
          ...briefly,
          ...toronto,
          spec: toronto.location,
          integrity: md5Integrity('03b5dce01913d631647c71ecec9e9cb8'),
          read: tarEntriesReader({ files: [train.name, test.name], folder, fileBytes: train.bytes }),
        },
      ],
      convert: asTheyAre,
    },
  ],
  decode: (files) => {
    const { images, fineLabels, coarseLabels } = decodeCifar100(files);
    return { images, labels: { fine: fineLabels, coarse: coarseLabels } };
  },
};
