import { z } from 'zod';
import { checkRecord } from '../records/read-json-file.js';
import { parseJson } from '../records/parse-json.js';
import { runProgressSchema } from '../records/run-progress.js';
import type { SweepKey } from './sweep-key.js';

/** All sweeps share one queue, so that a worker serves them all. */
export const queueName = 'runs';
/** What every key of ours begins with in Redis. */
export const queuePrefix = 'hyperspherical';

/** How long Redis keeps what no sweep comes to fetch, in seconds: 30 days. */
export const keptSeconds = 30 * 24 * 3600;

/** The largest job that is read; an experiment has a few kilobytes. */
export const mostJobBytes = 4 * 2 ** 20;

/** Lower case alone, so that no two differ by nothing that a disk can tell; short enough for a file's name. */
const plainName = z
  .string()
  .max(230)
  .regex(/^[a-z0-9][a-z0-9.-]*$/);
/** `<id>.json` and `<id>.log` are next to the sweep's own `sweep.json`. */
const runId = plainName.refine((id) => id !== 'sweep', 'is the name of the file of the sweep itself');
/** What sweeps make, and nothing that means something else on some disk: no other letters, no dot at a part's end. */
const folderPart = /^(?!\.+$)[\w.,=+-]{0,254}[\w,=+-]$/;
/** Of the output folder: they hold the notes of sweeps and the runs of others. */
const reservedFolders: readonly string[] = ['sweeps', 'remote'];
/** Stays within the folder that it is added to, and away from what else is there. */
const innerFolder = z
  .string()
  .max(1000)
  .refine((folder) => folder.split('/').every((part) => folderPart.test(part)), 'is no folder of a run')
  .refine(
    (folder) => !reservedFolders.includes(folder.split('/')[0]!.toLowerCase()),
    `must not be in ${reservedFolders.join(' or ')}, which hold other things`,
  );

/** What a job of the queue holds. */
export const queuedRunSchema = z.strictObject({
  schemaVersion: z.literal(1),
  sweep: z.strictObject({ id: z.uuid(), name: plainName }),
  run: z.strictObject({ id: runId, folder: innerFolder, experiment: z.unknown() }),
  /** Where the sweep has a key. */
  signature: z.string().optional(),
});

/** What a job of the queue holds. */
export type QueuedRun = z.output<typeof queuedRunSchema>;

/** A run is one job, however often its sweep is started. */
export function jobId(sweepId: string, runId: string): string {
  return `${sweepId}.${runId}`;
}

/** A job for the queue, signed where there is a key. */
export function createQueuedRun(
  sweep: QueuedRun['sweep'],
  run: QueuedRun['run'],
  key: SweepKey | undefined,
): QueuedRun {
  const queued: QueuedRun = { schemaVersion: 1, sweep, run };
  return key === undefined ? queued : { ...queued, signature: key.sign(purpose(queued), signedText(queued)) };
}

/**
 * Reads a job.
 *
 * @throws UserError when it is not what sweeps put into the queue.
 */
export function parseQueuedRun(text: string): QueuedRun {
  const place = 'The job';
  const value = parseJson(text, { place, mostBytes: mostJobBytes });
  return checkRecord(value, queuedRunSchema, { place, what: 'what this version reads' });
}

/** Why a worker with this key, or none, does not take a job, if it does not. */
export function signatureProblem(queued: QueuedRun, key: SweepKey | undefined): string | undefined {
  const { signature } = queued;
  if (key === undefined) {
    return signature === undefined
      ? undefined
      : 'its sweep has a key, and this worker has none; give it the same';
  }
  if (signature === undefined) return 'it is not signed, and this worker has a key; give its sweep the same';
  return key.verify(purpose(queued), signedText(queued), signature)
    ? undefined
    : "its signature is not that of this worker's key; give sweep and workers the same";
}

function purpose({ sweep, run }: QueuedRun): readonly string[] {
  return ['job', sweep.id, run.id];
}

/** JSON of the same values is the same text, before and after the way through Redis. */
function signedText({ schemaVersion, sweep, run }: QueuedRun): string {
  const { id, name } = sweep;
  return JSON.stringify([schemaVersion, id, name, run.id, run.folder, run.experiment]);
}

/** What a worker reports of a run while it goes on. */
export const workProgressSchema = z.strictObject({
  host: z.string().max(255),
  progress: runProgressSchema.optional(),
});
