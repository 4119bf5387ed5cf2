import type { Experiment } from '../experiment/experiment-schema.js';
import type { ExperimentData } from '../engine/data/open-data.js';
import type { prepareEngine } from '../engine/prepare-engine.js';
import type { RunResult } from '../records/run-result.js';
import type { Mode } from '../engine/training-step.js';
import type { TrainingEvent } from '../records/training-event.js';

/** What a command has made ready for a run. */
export interface CarryOutOptions {
  readonly data: ExperimentData;
  readonly engine: Awaited<ReturnType<typeof prepareEngine>>;
  /** That TensorFlow computes with. */
  readonly threads: number;
  readonly folder: string;
  readonly mode: Mode;
  readonly resume?: true | undefined;
  readonly force?: true | undefined;
  readonly signal: AbortSignal;
  readonly emit: (event: TrainingEvent) => void;
}

/** Carries out one experiment with data and engine that are ready; loads TensorFlow. */
export async function carryOut(
  experiment: Experiment,
  { data, engine, threads, folder, mode, resume, force, signal, emit }: CarryOutOptions,
): Promise<RunResult> {
  const { runExperiment } = await import('../engine/run-experiment.js');
  const { train, test, normalise, others, facts } = data;
  return runExperiment({
    experiment,
    ...{ train, test, normalise, others },
    ...{ folder, mode, signal, emit },
    resume: resume ?? false,
    force: force ?? false,
    facts: { engine, threads, data: facts },
  });
}
