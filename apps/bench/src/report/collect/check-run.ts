import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import type { EpochRecord } from '../../records/epoch-record.js';
import { configurationDigest } from '../../experiment/configuration-digest.js';
import type { Experiment } from '../../experiment/experiment-schema.js';
import type { FoundRun } from '../../records/find-runs.js';
import { readExperiment } from '../../experiment/read-experiment.js';
import { isAbsent } from '../../records/is-absent.js';
import { readEpochs } from '../../records/read-epochs.js';
import { readJsonFile } from '../../records/read-json-file.js';
import type { RunResult } from '../../records/run-result.js';
import { UserError } from '../../records/user-error.js';

/** What a result rests on. */
export interface CheckedRun {
  readonly experiment: Experiment;
  readonly environment: Readonly<Record<string, unknown>>;
}

/**
 * Checks that a run's files tell one story: the settings are those that the result was computed with, and every epoch's line is in
 * its history.
 *
 * @param root - The folder that was given: links of a run's files may not lead out of it.
 * @throws UserError, in one sentence, when the run has not ended, was of a part of the data, or has files that contradict each other.
 */
export function checkRun({ folder, result }: FoundRun, root: string): CheckedRun {
  const { status, reason, seed } = result;
  if (status === 'interrupted')
    throw new UserError(`${folder} did not end: ${reason ?? 'it was interrupted'}; go on with --resume.`);
  const experiment = readExperiment(join(folder, 'config.json'), { within: root });
  const { study, name, configuration } = result;
  const own = { study: experiment.study, name: experiment.name, seed: experiment.seed };
  const recorded = { study, name, seed, configuration };
  for (const [key, value] of Object.entries({ ...own, configuration: configurationDigest(experiment) }))
    if (recorded[key as keyof typeof recorded] !== value)
      throw new UserError(
        `${folder}: result.json has ${key} ${recorded[key as keyof typeof recorded]}, and config.json ${value}; one of them was edited.`,
      );
  if (experiment.dataset.limitImages !== undefined)
    throw new UserError(
      `${folder} used ${experiment.dataset.limitImages} images of each split only: a trial, not a result.`,
    );
  if (status === 'completed' && result.epochs !== experiment.training.epochs)
    throw new UserError(
      `${folder}: result.json says that seed ${seed} completed ${result.epochs} epochs, and config.json asks for ${experiment.training.epochs}.`,
    );
  checkEpochs(folder, result, root);
  const environment = readJsonFile(join(folder, 'environment.json'), z.record(z.string(), z.unknown()), {
    within: root,
  });
  const { commit, node, cpu, cores, mode } = result.environment;
  for (const [key, value] of Object.entries({ commit, node, cpu, cores, mode }))
    if (environment[key] !== value)
      throw new UserError(
        `${folder}: result.json has ${key} ${String(value)}, and environment.json ${String(environment[key])}; one of them was edited.`,
      );
  return { experiment, environment };
}

/** The lines were flushed epoch by epoch, the result written at the end: they have to agree. */
function checkEpochs(folder: string, { epochs, history, final, best }: RunResult, root: string): void {
  const path = join(folder, 'epochs.jsonl');
  const records = readIfThere(path, epochs === 0, root);
  if (records.length !== epochs)
    throw new UserError(`${path} has ${records.length} epochs, and result.json ${epochs}.`);
  for (const [index, record] of records.entries()) {
    const { trainLoss, testLoss, metrics } = record;
    for (const [key, value] of Object.entries({ trainLoss, testLoss, ...metrics }))
      if (history[key]?.[index] !== value)
        throw new UserError(
          `${path} says ${key} ${value} of epoch ${index + 1}, and result.json ${history[key]?.[index] ?? 'nothing'}; one of them was edited.`,
        );
  }
  for (const record of [final, best])
    if (record !== null && !isDeepStrictEqual(records[record.epoch - 1], record))
      throw new UserError(
        `${path}, line ${record.epoch}, is not what result.json says of that epoch; one of them was edited.`,
      );
}

function readIfThere(path: string, mayBeAbsent: boolean, within: string): EpochRecord[] {
  try {
    return readEpochs(path, { within });
  } catch (cause) {
    if (!isAbsent(cause)) throw cause;
    if (mayBeAbsent) return [];
    throw new UserError(`${path} is not there: the result cannot be checked.`, { cause });
  }
}
