import { createHash } from 'node:crypto';
import { join, relative } from 'node:path';
import { evaluationDetailsSchema, type EvaluationDetails } from '../records/evaluation-details.js';
import { readJsonFile } from '../records/read-json-file.js';
import {
  createRunStateReader,
  mostWatchedBytes,
  type RunState,
  type RunStateReader,
} from '../records/run-state.js';
import { findRunFolders } from './find-run-folders.js';
import type { RunView } from './messages.js';
import { readRunNames, runView, type RunNames } from './run-view.js';

/** How long one look reads; what is left is for the next. Nothing else is answered meanwhile. */
const mostMilliseconds = 300;

/** Knows all runs below a folder, and what has changed since it looked last. */
export interface RunWatcher {
  /** Looks again: runs that are new or changed, without curves where these are as they were, and the ids of runs that are gone. */
  poll(): {
    readonly runs: readonly RunView[];
    readonly gone: readonly string[];
    /** Whether all runs were looked at; if not, the next look begins with the others. */
    readonly isWhole: boolean;
  };
  /** All runs as of the last look, with their curves. */
  current(): readonly RunView[];
  /** The last evaluation of the run with this id; undefined where there is no such run, or none that can be read. */
  evaluation(id: string): EvaluationDetails | undefined;
}

interface WatchedRun {
  readonly id: string;
  readonly path: string;
  readonly reader: RunStateReader;
  /** In which look it was read last; 0 before the first. */
  looked: number;
  isGone: boolean;
  names?: RunNames;
  state?: RunState;
  view?: RunView;
}

/** Watches by looking: it works on any file system, and what it costs is one look. */
export function createRunWatcher(root: string): RunWatcher {
  let watched = new Map<string, WatchedRun>();
  let looks = 0;

  return {
    poll() {
      const earlier = watched;
      const changed: RunView[] = [];
      const runs = findRunFolders(root).map((folder): WatchedRun => {
        const path = relative(root, folder) || '.';
        const id = createHash('sha256').update(path).digest('hex').slice(0, 16);
        const reader = (): RunStateReader => createRunStateReader(folder, { within: root });
        return earlier.get(id) ?? { id, path, reader: reader(), looked: 0, isGone: false };
      });
      let isWhole = true;
      const end = performance.now() + mostMilliseconds;
      // Whoever waits longest is first, so that many large runs are all seen in a few looks.
      for (const run of [...runs].sort((left, right) => left.looked - right.looked)) {
        if (performance.now() > end) {
          isWhole = false;
          break;
        }
        looks += 1;
        run.looked = looks;
        const state = run.reader.read();
        run.isGone = state === undefined;
        if (state === undefined || state === run.state) continue;
        // A run that was replaced has other names.
        if (run.names === undefined || state.epochs.length === 0)
          run.names = readRunNames(join(root, run.path), root);
        const view = runView(state, { ...run, names: run.names });
        const { curves, ...rest } = view;
        changed.push(state.epochs === run.state?.epochs ? rest : { ...rest, ...(curves && { curves }) });
        run.state = state;
        run.view = view;
      }
      watched = new Map(runs.filter(({ isGone }) => !isGone).map((run) => [run.id, run]));
      return { runs: changed, gone: [...earlier.keys()].filter((id) => !watched.has(id)), isWhole };
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
