import { existsSync } from 'node:fs';
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
  return listDatasets().map(({ name, title, sources }) => {
    const folder = datasetFolder(name);
    const cached = existsSync(folder);
    const detail = cached
      ? folder
      : sources.length === 0
        ? `${title}: a folder of yours`
        : `${title}: ${sources.map((source) => source.title).join(', then ')}; type: bench data get ${name}`;
    return { name, title, cached, folder, detail };
  });
}
