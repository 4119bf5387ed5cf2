import type { Point } from '@hyperspherical/drawing';
import type { RunStatus } from '../records/run-status.js';

/** What the page knows of a run. Everything in it comes from files: it is shown as text, never as HTML. */
export interface RunView {
  /** Stands for the run's folder; the page never names a path to the server. */
  readonly id: string;
  /** The folder, relative to the watched one. */
  readonly path: string;
  readonly title: string;
  /** Study and name of the experiment: runs that share it differ by seed or settings. */
  readonly experiment: string;
  readonly seed: number | null;
  readonly status: RunStatus;
  /** A sentence, where the status needs one. */
  readonly explanation: string | null;
  /** Share of all steps that are done, 0 to 1. */
  readonly share: number;
  readonly epoch: number;
  readonly epochs: number | null;
  readonly step: number | null;
  readonly stepsPerEpoch: number | null;
  readonly loss: number | null;
  readonly learningRate: number | null;
  readonly imagesPerSecond: number | null;
  readonly secondsLeft: number | null;
  readonly seconds: number | null;
  readonly parameters: number | null;
  /** Unit of `meanAbsoluteError`, where the run's files say it. */
  readonly unit: string | null;
  /** Changes when the run's evaluation does; empty where there is none. */
  readonly evaluationVersion: string;
  /** Left out where they are what they were. */
  readonly curves?: Curves;
}

/** One value an epoch. */
export interface Curves {
  readonly epochs: readonly number[];
  readonly trainLoss: readonly number[];
  readonly testLoss: readonly number[];
  readonly learningRate: readonly number[];
  /** By metric: `accuracy` as a share, `meanAbsoluteError` in its own unit. */
  readonly metrics: Readonly<Record<string, readonly number[]>>;
}

/** What the server sends, one message a server-sent event. */
export type WatchMessage =
  | { readonly kind: 'snapshot'; readonly folder: string; readonly runs: readonly RunView[] }
  | { readonly kind: 'changes'; readonly runs: readonly RunView[]; readonly gone: readonly string[] };

/** A run's last evaluation, as in `evaluation.json`. */
export interface Evaluation {
  readonly epoch: number;
  readonly classNames?: readonly string[] | undefined;
  readonly confusion?: readonly (readonly number[])[] | undefined;
  readonly predictions?: readonly (readonly [number, number])[] | undefined;
  readonly valueName?: string | undefined;
  readonly valueUnit?: string | undefined;
  readonly sphere?: Sphere | undefined;
}

/** Points in three dimensions. */
export interface Sphere {
  readonly projection: 'exact' | 'principal-axes';
  readonly outputs: readonly Point[];
  readonly labels?: readonly number[] | undefined;
  readonly values?: readonly number[] | undefined;
  readonly prototypes: readonly Point[];
}
