import { relative, sep } from 'node:path';
import { type Job, Queue } from 'bullmq';
import type { Redis } from 'ioredis';
import { removeUnreadableJobs } from './remove-unreadable-jobs.js';
import type { RunTask } from './run-task.js';
import type { SetAside } from './set-aside.js';
import type { SweepKey } from './sweep-key.js';
import {
  createQueuedRun,
  jobId,
  keptSeconds,
  type QueuedRun,
  queueName,
  queuePrefix,
} from './sweep-queue.js';

/** The jobs of one sweep in the queue, by the ids of their runs. */
export interface SweepJobs {
  /** Puts runs into the queue that are not there yet. */
  add(tasks: readonly RunTask[]): Promise<void>;
  /** A job that a worker holds stays. */
  remove(runId: string): Promise<void>;
  /** A job that the queue's library cannot read is set aside, and is then none. */
  read(runId: string): Promise<Job | undefined>;
  /** The text of a job that is not what this sweep puts there. */
  changedText(task: RunTask): Promise<string | undefined>;
  /** The runs with jobs that workers have begun, or that have failed for good. */
  runIds(state: 'active' | 'failed'): Promise<string[]>;
  /** Whether the run waits for a worker, at once or after a pause. */
  state(runId: string): Promise<string>;
  /** The runs without a job. */
  missing(tasks: readonly RunTask[]): Promise<RunTask[]>;
  workers(): Promise<number>;
  close(): Promise<void>;
}

/** How a sweep's jobs are made. */
export interface SweepJobsOptions {
  readonly client: Redis;
  readonly identity: QueuedRun['sweep'];
  readonly key: SweepKey | undefined;
  /** The sweep's output folder. */
  readonly out: string;
  /** How often a run that crashes is begun in all. */
  readonly attempts: number;
  /** Before a crashed run's second attempt, twice as long before the third, and so on. */
  readonly pauseMilliseconds: number;
  readonly setAside: SetAside;
}

/** Opens the queue for one sweep; the caller closes. */
export function openSweepJobs(options: SweepJobsOptions): SweepJobs {
  const { client, identity, key, out, attempts, pauseMilliseconds, setAside } = options;
  const queue = new Queue<QueuedRun>(queueName, { connection: client, prefix: queuePrefix });
  // The connection tells when it is lost.
  queue.on('error', () => undefined);
  const idOf = (runId: string): string => jobId(identity.id, runId);
  const ownPrefix = idOf('');
  const queued = ({ id, folder, experiment }: RunTask): QueuedRun => {
    const inner = relative(out, folder).split(sep).join('/');
    return createQueuedRun(identity, { id, folder: inner, experiment }, key);
  };
  return {
    async add(tasks) {
      await queue.addBulk(
        tasks.map((task) => ({
          name: task.experiment.name,
          data: queued(task),
          opts: {
            jobId: idOf(task.id),
            attempts,
            backoff: { type: 'exponential', delay: pauseMilliseconds },
            removeOnComplete: true,
            removeOnFail: { age: keptSeconds },
          },
        })),
      );
    },
    async remove(runId) {
      await queue.remove(idOf(runId)).catch(() => 0);
    },
    async read(runId) {
      if ((await removeUnreadableJobs(queue, client, setAside, [idOf(runId)])) > 0) return undefined;
      return queue.getJob(idOf(runId));
    },
    async changedText(task) {
      const text = (await client.hget(queue.toKey(idOf(task.id)), 'data')) ?? '';
      return text === JSON.stringify(queued(task)) ? undefined : text;
    },
    async runIds(state) {
      const ids = await queue.getRanges([state], 0, -1);
      return ids.filter((id) => id.startsWith(ownPrefix)).map((id) => id.slice(ownPrefix.length));
    },
    state: (runId) => queue.getJobState(idOf(runId)),
    async missing(tasks) {
      const found = await client.pipeline(tasks.map(({ id }) => ['exists', queue.toKey(idOf(id))])).exec();
      return tasks.filter((_, index) => found?.[index]?.[1] === 0);
    },
    workers: () => queue.getWorkersCount(),
    close: () => queue.close(),
  };
}
