import { createHash } from 'node:crypto';
import { join, relative } from 'node:path';
import { evaluationDetailsSchema, type EvaluationDetails } from '../evaluation-details.js';
import { readJsonFile } from '../records/read-json-file.js';
import { createRunStateReader, mostWatchedBytes, type RunState, type RunStateReader } from '../run-state.js';
import { findRunFolders } from './find-run-folders.js';
import type { RunView } from './page/messages.js';
import { readRunNames, runView, type RunNames } from './run-view.js';

/** Knows all runs below a folder, and what has changed since it looked last. */
export interface RunWatcher {
  /** Looks again: runs that are new or changed, without curves where these are as they were, and the ids of runs that are gone. */
  poll(): { readonly runs: readonly RunView[]; readonly gone: readonly string[] };
  /** All runs as of the last look, with their curves. */
  current(): readonly RunView[];
  /** The last evaluation of the run with this id; undefined where there is no such run, or none that can be read. */
  evaluation(id: string): EvaluationDetails | undefined;
}

interface WatchedRun {
  readonly id: string;
  readonly path: string;
  readonly reader: RunStateReader;
  names?: RunNames;
  state?: RunState;
  view?: RunView;
}

/** Watches by looking: it works on any file system, and what it costs is one look. */
export function createRunWatcher(root: string): RunWatcher {
  let watched = new Map<string, WatchedRun>();

  return {
    poll() {
      const earlier = watched;
      watched = new Map();
      const changed: RunView[] = [];
      for (const folder of findRunFolders(root)) {
        const path = relative(root, folder) || '.';
        const id = createHash('sha256').update(path).digest('hex').slice(0, 16);
        const run = earlier.get(id) ?? { id, path, reader: createRunStateReader(folder, { within: root }) };
        const state = run.reader.read();
        if (state === undefined) continue;
        watched.set(id, run);
        if (state === run.state) continue;
        // A run that was replaced has other names.
        if (run.names === undefined || state.epochs.length === 0) run.names = readRunNames(folder, root);
        const view = runView(state, { id, path, names: run.names });
        const { curves, ...rest } = view;
        changed.push(state.epochs === run.state?.epochs ? rest : { ...rest, ...(curves && { curves }) });
        run.state = state;
        run.view = view;
      }
      return { runs: changed, gone: [...earlier.keys()].filter((id) => !watched.has(id)) };
    },
    current() {
      return [...watched.values()].flatMap(({ view }) => view ?? []);
    },
    evaluation(id) {
      const run = watched.get(id);
      if (run === undefined) return undefined;
      try {
        return readJsonFile(join(root, run.path, 'evaluation.json'), evaluationDetailsSchema, {
          mostBytes: mostWatchedBytes,
          within: root,
        });
      } catch {
        return undefined;
      }
    },
  };
}
