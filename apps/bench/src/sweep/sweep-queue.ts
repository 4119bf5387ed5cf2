import { hostname } from 'node:os';
import type { Redis } from 'ioredis';
import { z } from 'zod';
import { runProgressSchema } from '../run-progress.js';
import { UserError } from '../user-error.js';
import { returnedFileNames } from './returned-files.js';

/** All sweeps share one queue, so that a worker serves them all. */
export const queueName = 'runs';
/** What every key of ours begins with in Redis. */
export const queuePrefix = 'hyperspherical';

/** How long Redis keeps what no sweep comes to fetch, in seconds: 30 days. */
export const keptSeconds = 30 * 24 * 3600;

const plainName = z.string().regex(/^[a-z0-9][a-z0-9.-]*$/);
/** Stays within the folder that it is added to. */
const innerFolder = z
  .string()
  .refine((folder) => folder.split('/').every((part) => /^[^\\\0]+$/.test(part) && !/^\.+$/.test(part)));

/** What a job of the queue holds. */
export const queuedRunSchema = z.strictObject({
  schemaVersion: z.literal(1),
  sweep: z.strictObject({ id: z.uuid(), name: plainName }),
  run: z.strictObject({ id: plainName, folder: innerFolder, experiment: z.unknown() }),
});

/** What a job of the queue holds. */
export type QueuedRun = z.output<typeof queuedRunSchema>;

/** A run is one job, however often its sweep is started. */
export function jobId(sweepId: string, runId: string): string {
  return `${sweepId}.${runId}`;
}

/** What a worker tells of a run while it goes on. */
export const workProgressSchema = z.strictObject({
  host: z.string(),
  progress: runProgressSchema.optional(),
});

const deliverySchema = z.strictObject({
  schemaVersion: z.literal(1),
  host: z.string(),
  outcome: z.discriminatedUnion('status', [
    z.strictObject({
      status: z.literal('finished'),
      files: z.partialRecord(z.enum(returnedFileNames), z.string()),
    }),
    z.strictObject({ status: z.literal('refused'), reason: z.string() }),
  ]),
});

/** How a run ended, on its way from a worker to its sweep. */
export type Delivery = z.output<typeof deliverySchema>;

/**
 * Results on their way from workers to one sweep, in a hash of their own: a worker that was cut off for so long that its job was given
 * to another still delivers what it has done.
 */
export interface Deliveries {
  has(runId: string): Promise<boolean>;
  put(runId: string, outcome: Delivery['outcome']): Promise<void>;
  /** The runs that something is there for. */
  runIds(): Promise<string[]>;
  /** @throws UserError when a worker of another version put it there. */
  get(runId: string): Promise<Delivery | undefined>;
  remove(runId: string): Promise<void>;
}

/** The deliveries of one sweep. */
export function deliveriesOf(sweepId: string, client: Redis): Deliveries {
  const key = `${queuePrefix}:deliveries:${sweepId}`;
  return {
    has: async (runId) => (await client.hexists(key, runId)) === 1,
    async put(runId, outcome) {
      const delivery: Delivery = { schemaVersion: 1, host: hostname(), outcome };
      await client.hset(key, runId, JSON.stringify(delivery));
      await client.expire(key, keptSeconds);
    },
    runIds: async () => client.hkeys(key),
    async get(runId) {
      const text = await client.hget(key, runId);
      if (text === null) return undefined;
      const { data, error } = deliverySchema.safeParse(JSON.parse(text));
      if (data !== undefined) return data;
      throw new UserError(
        `What a worker delivered for ${runId} is not what this version reads. Let workers and sweep have the same version.`,
        { exitCode: 1, cause: error },
      );
    },
    async remove(runId) {
      await client.hdel(key, runId);
    },
  };
}
