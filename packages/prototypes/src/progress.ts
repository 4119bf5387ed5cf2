/** Where a long run stands. */
export interface Progress {
  /** What is being computed, such as `log-sum-exp`. */
  readonly method: string;
  /** Which start this is, from 1. */
  readonly restart: number;
  /** How many starts there will be at most. */
  readonly restarts: number;
  /** Share of the whole run that is done, from 0 to 1. */
  readonly done: number;
  /** Largest cosine of the best arrangement so far; Infinity before the first is finished. */
  readonly bestMaxCosine: number;
}

/** How to watch and to stop a long run. */
export interface RunOptions {
  /** Called between steps, a few times a second at most. */
  readonly onProgress?: ((progress: Progress) => void) | undefined;
  /** Stops the run soon after it is aborted: the promise is then rejected with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
}
