import { createHash } from 'node:crypto';
import type { DatasetFile } from '../src/dataset-file.js';
import { asTheyAre, type DatasetDefinition, type SourceDefinition } from '../src/node/dataset-definition.js';
import { cifar10Definition } from '../src/node/definitions/cifar10-definition.js';
import { tarEntriesReader } from '../src/node/read-tar-entries.js';
import { sha256 } from '../src/node/sha256.js';
import { decodedChecksums } from '../src/node/verify-dataset.js';
import { syntheticCifar } from '../src/testing.js';
import { makeArchive } from './make-archive.js';

/** What a test may want otherwise in the source. */
interface SourceChanges {
  readonly title?: string;
  readonly spec?: string;
  readonly integrity?: string;
  readonly patienceSeconds?: number;
  readonly convert?: SourceDefinition['convert'];
}

/** A dataset like CIFAR-10 with 4 images a file, its files, and its archive. */
export interface SyntheticDataset {
  readonly definition: DatasetDefinition;
  readonly files: readonly DatasetFile[];
  readonly archive: Uint8Array;
  /** A source that has the archive at this URL. */
  readonly source: (url: string, changes?: SourceChanges) => SourceDefinition;
}

export async function syntheticDataset(): Promise<SyntheticDataset> {
  const real = cifar10Definition;
  const files = syntheticCifar('cifar10', { imagesPerFile: 4 });
  const archive = await makeArchive([
    { name: `${real.folders[0]!}/`, header: { type: 'directory' } },
    ...files.map(({ name, bytes }) => ({ name: `${real.folders[0]!}/${name}`, bytes })),
    { name: `${real.folders[0]!}/readme.html`, bytes: Uint8Array.of(1, 2, 3) },
  ]);
  const definitionOf = ({ name, bytes }: DatasetFile) => ({
    name,
    bytes: bytes.length,
    sha256: sha256(bytes),
  });
  const splitFiles = { train: files.slice(0, 5), test: files.slice(5) };
  const checksums = async (split: readonly DatasetFile[]) => decodedChecksums(real.decode(split), 3072);
  const definition: DatasetDefinition = {
    ...real,
    card: {
      ...real.card,
      title: 'Synthetic',
      splits: {
        train: { size: 20, checksums: await checksums(splitFiles.train) },
        test: { size: 4, checksums: await checksums(splitFiles.test) },
      },
    },
    splits: { train: splitFiles.train.map(definitionOf), test: splitFiles.test.map(definitionOf) },
    sources: [],
  };
  const source = (url: string, changes: SourceChanges = {}): SourceDefinition => {
    const { title = 'local server', convert = asTheyAre, ...download } = changes;
    return {
      title,
      location: url,
      downloads: [
        {
          location: url,
          spec: url,
          bytes: archive.length,
          integrity: `sha256-${createHash('sha256').update(archive).digest('base64')}`,
          patienceSeconds: 10,
          retries: 0,
          read: tarEntriesReader({
            files: files.map(({ name }) => name),
            folder: real.folders[0]!,
            fileBytes: 4 * 3073,
          }),
          ...download,
        },
      ],
      convert,
    };
  };
  return { definition, files, archive, source };
}
