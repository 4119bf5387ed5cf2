import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { z } from 'zod';
import { readJsonFile } from '../records/read-json-file.js';
import { writeFileDurably } from '../records/write-file-durably.js';
import type { SweepRun } from './sweep-event.js';

const sweepRecordSchema = z.object({
  schemaVersion: z.literal(1),
  /** Differs for each output folder, so that a queue never gives one folder's results to another. */
  id: z.uuid(),
  name: z.string(),
  updatedAt: z.iso.datetime(),
  runs: z.array(
    z.object({
      id: z.string(),
      title: z.string(),
      seed: z.int(),
      folder: z.string(),
      status: z.string(),
      attempts: z.int(),
      reason: z.string().optional(),
      host: z.string().optional(),
    }),
  ),
});

/** Where a sweep keeps its own files: `sweep.json`, and each run's experiment and log. */
export function sweepNotesFolder(out: string, name: string): string {
  return join(out, 'sweeps', name);
}

/** What `sweep.json` says of a sweep that was started before. */
export interface EarlierSweep {
  readonly id: string;
  /** Whether the sweep has a run of this id in this folder, which is relative to its output folder. */
  has(runId: string, folder: string): boolean;
}

/** The sweep of this name whose runs go to `out`, if one was ever started there. */
export function readSweepRecord(out: string, name: string): EarlierSweep | undefined {
  const path = join(sweepNotesFolder(out, name), 'sweep.json');
  try {
    const { id, runs } = readJsonFile(path, sweepRecordSchema);
    return {
      id,
      has: (runId, folder) => runs.some((run) => run.id === runId && run.folder === folder),
    };
  } catch {
    // The runs' folders say what has been done; this file only tells the story.
    return undefined;
  }
}

/** `sweep.json`: what became of each run, for people and for those who watch the folder. The runs' own folders decide. */
export interface SweepRecord {
  readonly id: string;
  write(runs: readonly SweepRun[]): void;
}

/** Opens the record of a sweep, with a new id where there is none yet. */
export function openSweepRecord(out: string, name: string): SweepRecord {
  const id = readSweepRecord(out, name)?.id ?? randomUUID();
  const path = join(sweepNotesFolder(out, name), 'sweep.json');
  return {
    id,
    write(runs) {
      const record: z.input<typeof sweepRecordSchema> = {
        schemaVersion: 1,
        id,
        name,
        updatedAt: new Date().toISOString(),
        runs: runs.map(({ id, title, seed, folder, status, attempts, reason, host }) => {
          return { id, title, seed, folder, status, attempts, reason, host };
        }),
      };
      writeFileDurably(path, [`${JSON.stringify(record, undefined, 2)}\n`]);
    },
  };
}
