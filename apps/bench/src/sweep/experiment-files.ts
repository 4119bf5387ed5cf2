import { knownSources } from '@hyperspherical/word-embeddings/node';
import type { Experiment } from '../experiment/experiment-schema.js';
import { withSeed } from '../experiment/with-seed.js';

/** A file or folder that an experiment names. */
export interface ExperimentFile {
  /** Where the experiment names it: `head.prototypes.words`. */
  readonly setting: string;
  /** Relative to the working folder, or absolute. */
  readonly path: string;
}

/** Datasets of the user's own files. */
const ownDatasets: readonly string[] = ['image-folder', 'image-csv', 'omniart'];

/** Every file and folder that an experiment names itself; those of its dataset are in `--data-folder`. */
export function experimentFiles({ head, initialise, seed }: Experiment): ExperimentFile[] {
  const files: ExperimentFile[] = [];
  const words = (setting: string, name: string): void => {
    if (!isKnownSource(name)) files.push({ setting, path: name });
  };
  if ('prototypes' in head) {
    const { prototypes } = head;
    if ('path' in prototypes) files.push({ setting: 'head.prototypes.path', path: prototypes.path });
    if ('from' in prototypes)
      files.push({ setting: 'head.prototypes.from', path: withSeed(prototypes.from, seed) });
    if ('words' in prototypes) words('head.prototypes.words', prototypes.words);
    if ('assign' in prototypes && prototypes.assign)
      words('head.prototypes.assign.words', prototypes.assign.words);
  }
  if (initialise) files.push({ setting: 'initialise.from', path: withSeed(initialise.from, seed) });
  return files;
}

/** Whether what a run of this experiment says may quote a file of the user's own. */
export function readsOwnFiles(experiment: Experiment): boolean {
  return experimentFiles(experiment).length > 0 || ownDatasets.includes(experiment.dataset.kind);
}

/** Whether word vectors come from a pinned download; with any other name they come from a file. */
function isKnownSource(name: string): boolean {
  return knownSources.some((source) => source.name === name);
}
