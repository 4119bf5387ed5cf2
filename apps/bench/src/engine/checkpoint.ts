import { existsSync } from 'node:fs';
import { z } from 'zod';
import { parseJson } from '../records/parse-json.js';
import { mostWeightBytes, readRegularFile } from '../records/read-regular-file.js';
import { decodeSafetensors, encodeSafetensors, type NamedArray } from './safetensors.js';
import { UserError } from '../records/user-error.js';
import type { TrainingState } from './training-state.js';
import { writeFileDurably } from '../records/write-file-durably.js';

const positionSchema = z.strictObject({
  /** Finished epochs. */
  epoch: z.int().min(0),
  /** Finished steps of the epoch after those. */
  step: z.int().min(0),
  /** Sums over those steps. */
  lossSum: z.number(),
  images: z.int().min(0),
  trainSeconds: z.number(),
  /** Seconds of the run so far, training and evaluation. */
  seconds: z.number(),
  /** When the run began, as ISO 8601; absent before its first checkpoint. */
  startedAt: z.iso.datetime().optional(),
});

/** Where a run stands; with the weights and velocities, all that it needs to go on. */
export type Position = z.output<typeof positionSchema>;

/** The position of a run that has not begun. */
export const startPosition: Position = {
  epoch: 0,
  step: 0,
  lossSum: 0,
  images: 0,
  trainSeconds: 0,
  seconds: 0,
};

/** A run's weights, optimiser state and position. */
export interface Checkpoint {
  readonly arrays: readonly NamedArray[];
  readonly position: Position;
}

/** Writes a checkpoint; an earlier one at the same path stays whole until the new one is. */
export function writeCheckpoint(path: string, { arrays, position }: Checkpoint): void {
  writeFileDurably(path, encodeSafetensors({ arrays, metadata: { position: JSON.stringify(position) } }));
}

/** @throws UserError If the file is not a whole checkpoint. */
export function readCheckpoint(path: string): Checkpoint {
  try {
    const { arrays, metadata } = decodeSafetensors(readRegularFile(path, { mostBytes: mostWeightBytes }));
    return {
      arrays,
      position: positionSchema.parse(parseJson(metadata.position ?? '', { place: 'position' })),
    };
  } catch (cause) {
    throw new UserError(`${path} is not a whole checkpoint. Replace the run with --force.`, {
      exitCode: 1,
      cause,
    });
  }
}

/**
 * Loads a checkpoint's weights and returns where its run stands; the start where there is no checkpoint.
 *
 * @throws UserError If the file is not a whole checkpoint, or is of another network.
 */
export function restoreCheckpoint(path: string, state: TrainingState): Position {
  if (!existsSync(path)) return startPosition;
  const { arrays, position } = readCheckpoint(path);
  try {
    state.load(arrays);
  } catch (cause) {
    throw new UserError(`${path} is of another network. Replace the run with --force.`, {
      exitCode: 1,
      cause,
    });
  }
  return position;
}
