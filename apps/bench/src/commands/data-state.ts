import { readdirSync } from 'node:fs';
import { listDatasets } from '@hyperspherical/datasets';
import { datasetFolder } from '@hyperspherical/datasets/node';

/** Whether a dataset has been fetched, and where it is or comes from. */
export interface DataState {
  readonly name: string;
  readonly title: string;
  readonly cached: boolean;
  readonly folder: string;
  readonly detail: string;
}

/** The state of every known dataset; reads no data. */
export function dataState(): DataState[] {
  return listDatasets().map(({ name, madeOf = name, title, sources }) => {
    const folder = datasetFolder(madeOf);
    const cached = hasFiles(folder);
    const detail = cached
      ? folder
      : sources.length === 0
        ? `${title}: a folder of yours`
        : `${title}: ${sources.map((source) => source.title).join(', then ')}; type: bench data get ${name}`;
    return { name, title, cached, folder, detail };
  });
}

/** Whether a folder has anything but what unfinished downloads leave. */
function hasFiles(folder: string): boolean {
  try {
    return readdirSync(folder).some((name) => !name.startsWith('.'));
  } catch {
    return false;
  }
}
