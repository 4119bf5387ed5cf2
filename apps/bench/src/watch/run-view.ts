import { join } from 'node:path';
import { z } from 'zod';
import type { EpochRecord } from '../records/epoch-record.js';
import { readJsonFile } from '../records/read-json-file.js';
import { shareDone } from '../printing/format-progress.js';
import { mostWatchedBytes, silentAfterSeconds, type RunState } from '../records/run-state.js';
import type { Curves, RunView } from './messages.js';

const configSchema = z.object({
  study: z.string().optional(),
  name: z.string().optional(),
  title: z.string().optional(),
  seed: z.number().optional(),
  training: z.object({ epochs: z.number() }).optional(),
});

/** What a run's `config.json` says of it. */
export type RunNames = z.output<typeof configSchema>;

/** Reads what the page calls a run; nothing where there is no `config.json` or it is something else. */
export function readRunNames(folder: string, within: string): RunNames {
  try {
    return readJsonFile(join(folder, 'config.json'), configSchema, { mostBytes: mostWatchedBytes, within });
  } catch {
    return {};
  }
}

/**
 * A run's state as the page wants it.
 *
 * @param options.path - Of the run's folder, relative to the watched one.
 */
export function runView(
  state: RunState,
  { id, path, names }: { readonly id: string; readonly path: string; readonly names: RunNames },
): RunView {
  const { status, progress, result, epochs } = state;
  const ended = result?.status === status ? result : undefined;
  const wanted = progress?.epochs ?? names.training?.epochs ?? null;
  return {
    id,
    path,
    title: progress?.title ?? result?.title ?? names.title ?? path,
    experiment: [result?.study ?? names.study, result?.name ?? names.name ?? path].filter(Boolean).join('/'),
    seed: progress?.seed ?? result?.seed ?? names.seed ?? null,
    status,
    explanation: explain(state),
    share: status === 'completed' ? 1 : progress ? shareDone(progress) : epochs.length / (wanted ?? Infinity),
    epoch: ended?.epochs ?? progress?.epoch ?? epochs.length,
    epochs: wanted,
    step: ended ? null : (progress?.step ?? null),
    stepsPerEpoch: progress?.stepsPerEpoch ?? null,
    loss: ended ? null : (progress?.loss ?? null),
    learningRate: ended ? null : (progress?.learningRate ?? null),
    imagesPerSecond: ended?.imagesPerSecond ?? progress?.imagesPerSecond ?? null,
    secondsLeft: ended ? null : (progress?.secondsLeft ?? null),
    seconds: ended?.seconds ?? null,
    parameters: progress?.parameters ?? result?.parameters ?? null,
    unit: result?.metric.unit ?? null,
    evaluationVersion: state.evaluationVersion,
    curves: curvesOf(epochs),
  };
}

function explain({ status, problem, result }: RunState): string | null {
  switch (status) {
    case 'silent':
      return `No sign of life for more than ${silentAfterSeconds} s: it was killed, or its machine is busy or gone.`;
    case 'stopped':
      return 'It ended without a result; what it printed says why. Go on with --resume.';
    case 'waiting':
      return 'It has not begun to train.';
    case 'unreadable':
      return problem ?? null;
    case 'interrupted':
    case 'diverged':
      return result?.reason ?? null;
    case 'completed':
    case 'starting':
    case 'training':
    case 'evaluating':
      return null;
  }
}

function curvesOf(records: readonly EpochRecord[]): Curves {
  const names = [...new Set(records.flatMap(({ metrics }) => Object.keys(metrics)))];
  return {
    epochs: records.map(({ epoch }) => epoch),
    trainLoss: records.map(({ trainLoss }) => short(trainLoss)),
    testLoss: records.map(({ testLoss }) => short(testLoss)),
    learningRate: records.map(({ learningRate }) => short(learningRate)),
    metrics: Object.fromEntries(
      names.map((name) => [name, records.map(({ metrics }) => short(metrics[name] ?? NaN))]),
    ),
  };
}

/** Six digits are more than a picture shows. */
function short(value: number): number {
  return Number(value.toPrecision(6));
}
