import { gunzipSync } from 'node:zlib';
import { fashionMnistCard } from '../../cards/fashion-mnist-card.js';
import type { DatasetFile } from '../../dataset-file.js';
import type { DatasetDefinition } from '../dataset-definition.js';
import { debEntriesReader } from '../read-deb-entries.js';
import {
  decodeMnistSplit,
  gzippedMnistSource,
  mnistFileBytes,
  mnistFileNames,
  mnistSplits,
} from './mnist-layout.js';

const [zalando, debian] = fashionMnistCard.sources;

function* unpacked(entries: ReadonlyMap<string, Uint8Array>): Iterable<DatasetFile> {
  for (const [name, bytes] of entries) {
    yield {
      name: name.slice(0, -'.gz'.length),
      bytes: gunzipSync(bytes, { maxOutputLength: mnistFileBytes }),
    };
  }
}

/** How Fashion-MNIST is found, fetched and decoded. */
export const fashionMnistDefinition: DatasetDefinition = {
  card: fashionMnistCard,
  folders: ['FashionMNIST/raw', 'raw', 'fashion-mnist'],
  splits: mnistSplits([
    'c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888',
    'bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9',
    '5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b',
    '0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34',
  ]),
  sources: [
    gzippedMnistSource(zalando!, [
      [26_421_880, '8d4fb7e6c68d591d4c3dfef9ec88bf0d'],
      [29_515, '25c81989df183df01b3e8a0aad5dffbe'],
      [4_422_102, 'bef4ecab320f06d8554ea6380940ec79'],
      [5_148, 'bb300cfdad3c16e7a12a480ee83cd310'],
    ]),
    {
      ...debian!,
      downloads: [
        {
          ...debian!,
          spec: debian!.location,
          integrity: `sha256-${Buffer.from('39e172fe32dd318ebb3e512220c3beea2fa47d7e20bab348fb4e0922d6beefc0', 'hex').toString('base64')}`,
          patienceSeconds: 60,
          read: debEntriesReader({
            files: mnistFileNames.map((name) => `${name}.gz`),
            folder: 'usr/share/datasets/fashion-mnist',
            fileBytes: 30_000_000,
          }),
        },
      ],
      convert: unpacked,
    },
  ],
  decode: decodeMnistSplit,
};
