import type { JudgedClaim } from './claims/judge-claim.js';
import type { EvaluationDetails } from '../records/evaluation-details.js';
import type { Reproduces } from '../records/reproduces.js';
import type { FoundRun } from '../records/find-runs.js';
import type { DrawnPicture } from './pictures/draw-pictures.js';
import type { Sample } from './statistics/sample.js';
import type { PublishedComparison } from './compare-with-published.js';
import type { MetricScale } from './metric-scale.js';
import type { RunEnvironment } from './read-run-files.js';

/** Everything that a report says, before it is Markdown, LaTeX, a page or pictures. */
export interface Report {
  readonly studies: readonly Study[];
  /** What is in no average, and why. */
  readonly leftOut: readonly LeftOut[];
  /** What the runs say of claims; absent where none were asked for. */
  readonly claims?: readonly JudgedClaim[];
  /** Pictures of several experiments; absent where none were asked for. */
  readonly pictures?: readonly DrawnPicture[];
}

/** The runs whose experiments belong together. */
export interface Study {
  readonly name: string;
  readonly configurations: readonly Configuration[];
  /** What diverged with every seed: it is in no table of numbers, and no less a result. */
  readonly alwaysDiverged: readonly {
    readonly label: string;
    readonly runs: number;
    readonly unfinished: number;
    readonly published: readonly Reproduces[];
  }[];
  /** One a metric; the metric that runs are judged by comes first. */
  readonly tables: readonly ResultTable[];
}

/** Completed runs that differ by the seed alone. */
export interface Configuration {
  /** Unlike any other of its study. */
  readonly label: string;
  readonly name: string;
  /** SHA-256 of its settings. */
  readonly digest: string;
  /** Sorted by seed, each seed once; at least one. */
  readonly runs: readonly FoundRun[];
  /** What `environment.json` says of each run. */
  readonly environments: readonly RunEnvironment[];
  /** How many more of its runs diverged, and how many have not ended. */
  readonly diverged: number;
  readonly unfinished: number;
  /** Of the run with the lowest seed that has them. */
  readonly evaluation?: { readonly seed: number; readonly details: EvaluationDetails };
}

/** One metric of a study. */
export interface ResultTable {
  readonly metric: MetricScale;
  readonly decimals: number;
  readonly rows: readonly ResultRow[];
}

/** A configuration, and a published number that it stands beside. */
export interface ResultRow {
  readonly configuration: Configuration;
  readonly seeds: readonly { readonly seed: number; readonly final: number }[];
  /** After the last epoch. */
  readonly final: Sample;
  /** At each run's best epoch by the metric that it is judged by: a selection on the test set. */
  readonly best: Sample;
  readonly published?: Reproduces;
  /** Absent where there is no published number. */
  readonly comparison?: PublishedComparison;
}

/** A run or a file that no table counts. */
export interface LeftOut {
  readonly kind: 'diverged' | 'interrupted' | 'no result' | 'repeated' | 'unreadable';
  /** Absolute: the run's folder, or the file that cannot be read. */
  readonly path: string;
  /** `study/name, seed 1`, where it is known. */
  readonly run?: string;
  readonly reason: string;
}
