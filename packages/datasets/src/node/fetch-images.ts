import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { datasetFolder } from './cache-folder.js';
import { downloadFile } from './download-file.js';
import { cacheError, firstThatWorks, type GetDatasetOptions, type StoredDataset } from './fetch-files.js';
import type { ImageArchive, LayoutDefinition } from './layout-definition.js';
import { pathKind } from './layouts/list-images.js';
import { unpackArchive } from './unpack-archive.js';
import { makeWorkFolder } from './work-folder.js';

/**
 * Sees to it that the image files of a dataset are in the cache; see `getDataset`. The unpacked folder gets its name by one rename, when every file in it is written.
 */
export async function fetchImages(
  { card, archives }: LayoutDefinition,
  options: GetDatasetOptions,
): Promise<StoredDataset> {
  const folder = datasetFolder(card.name, options.cacheFolder);
  if (archives.length === 0) {
    throw new Error(
      `${card.title} has no source that it could be downloaded from; give the folder that holds it as the data folder.`,
    );
  }
  const names = [...new Set(archives.map((archive) => archive.folder))];
  for (const name of names) {
    if ((await pathKind(join(folder, name))) === 'folder') return { folder, files: [name] };
  }
  try {
    const workFolder = await makeWorkFolder(folder);
    try {
      const fetchOne = (archive: ImageArchive) => fetchArchive(archive, folder, workFolder, options);
      const byOtherMeans = 'by other means, unpack it,';
      const source = await firstThatWorks(card.title, archives, fetchOne, options, byOtherMeans);
      return { folder, files: names, source };
    } finally {
      await rm(workFolder, { recursive: true, force: true });
    }
  } catch (error) {
    throw cacheError(error, folder);
  }
}

async function fetchArchive(
  archive: ImageArchive,
  folder: string,
  workFolder: string,
  { signal, onProgress }: GetDatasetOptions,
): Promise<void> {
  const { title, location, bytes: bytesTotal } = archive;
  const path = join(workFolder, 'download');
  await downloadFile(archive, path, {
    onBytes: (bytesDone) => {
      onProgress?.({ event: 'download', source: title, location, bytesDone, bytesTotal });
    },
    ...(signal && { signal }),
  });
  const unpacked = join(workFolder, 'unpacked');
  const { files } = await unpackArchive(path, location, unpacked, { ...archive, ...(signal && { signal }) });
  try {
    await rename(join(unpacked, archive.folder), join(folder, archive.folder));
  } catch (error) {
    // Another process was quicker, and what it put there is as good.
    if ((await pathKind(join(folder, archive.folder))) !== 'folder') throw error;
  }
  onProgress?.({ event: 'unpack', file: archive.folder, filesDone: files, filesTotal: files });
}
