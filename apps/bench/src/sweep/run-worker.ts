import { threadsPerJob } from './threads-per-job.js';
import { stopSignal } from '../printing/stop-signal.js';
import { allowedFolders } from './allowed-folders.js';
import { childRunner } from './child-runner.js';
import { connectRedis } from './connect-redis.js';
import { readSweepKey } from './sweep-key.js';
import { workThroughRedis } from './work-through-redis.js';

/** What `bench work` was asked for. */
export interface WorkerOptions {
  readonly redis: string;
  readonly jobs: number;
  readonly out: string;
  readonly dataFolder?: string;
  /** Folders that experiments may name files of. */
  readonly read: readonly string[];
  readonly keyFile?: string;
  readonly untilEmpty?: true;
}

/** Carries out the runs that sweeps put into a queue. */
export async function runWorker({
  redis,
  jobs,
  out,
  dataFolder,
  read,
  keyFile,
  untilEmpty,
}: WorkerOptions): Promise<void> {
  const key = readSweepKey(keyFile);
  const onMessage = (text: string): void => {
    process.stderr.write(`${text}\n`);
  };
  const connection = await connectRedis(redis, onMessage);
  const stop = stopSignal(() => {
    onMessage('Stopping every run after its step and giving it back; press Ctrl-C again to stop at once.');
  });
  try {
    onMessage(`Waiting for runs from ${connection.place}; ${jobs} at a time, in ${out}.`);
    await workThroughRedis({
      connection,
      runner: childRunner({ dataFolder, threads: threadsPerJob(jobs) }),
      jobs,
      out,
      mayRead: allowedFolders([out, ...(dataFolder === undefined ? [] : [dataFolder]), ...read]),
      key,
      untilEmpty: untilEmpty ?? false,
      signal: stop.signal,
      onMessage,
    });
  } finally {
    stop.release();
    connection.close();
  }
}
