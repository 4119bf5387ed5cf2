import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { deliveriesOf } from '../src/sweep/deliveries.js';
import { jobId, type QueuedRun } from '../src/sweep/sweep-queue.js';
import {
  aside,
  connection,
  deliver,
  experiment,
  finished,
  good,
  key,
  makeKey,
  out,
  queue,
  sweep,
  sweepId,
  task,
  until,
  work,
  useRedis,
} from './hostile-redis.js';

useRedis();

describe('with a key', () => {
  it('a sweep and its workers trust each other, and nobody else', async () => {
    const { done, tasks } = sweep(2, { key });
    await deliver(tasks[0]!.id, finished(good));
    await until(() => aside().length === 1);
    expect(aside()[0]!.reason).toBe('It is not signed. Give the worker the key of the sweep.');
    await work(join(out, 'elsewhere'), { key, untilEmpty: true });
    expect(await done).toMatchObject([{ status: 'completed' }, { status: 'completed' }]);
    expect(aside()).toHaveLength(1);
  });

  it('a delivery is good for one run of one sweep', async () => {
    const id = '22222222-2222-4222-8222-222222222222';
    const text = async (run: string, from = sweepId, by = key): Promise<string> => {
      await deliveriesOf(from, connection.client, { key: by }).put(run, { status: 'finished', files: good });
      const written = await connection.client.hget(`hyperspherical:deliveries:${from}`, run);
      await connection.client.del(`hyperspherical:deliveries:${from}`);
      return written!;
    };
    const run = task(0).id;
    const right = await text(run);
    const bad = [
      ...[
        await text(run, id),
        await text('another-run'),
        await text(run, sweepId, makeKey('another key of 16 bytes')),
      ],
      ...[right.replace('0.5', '0.9'), right.replace(/^hmac-sha256 [0-9a-f]{8}/, 'hmac-sha256 00000000')],
      ...[right.replace(/^.*\n/, 'hmac-sha256 \n'), right.replace('\n', ''), ` ${right}`],
    ];
    const { done } = sweep(1, { key });
    for (const [at, each] of bad.entries()) {
      await deliver(run, each);
      await until(() => aside().length === at + 1);
    }
    expect(aside().map(({ reason }) => reason)).toEqual(
      bad.map(
        () =>
          expect.stringMatching(/^(Its signature is not that of the sweep's key|It is not signed)/) as string,
      ),
    );
    await deliver(run, right);
    expect(await done).toMatchObject([{ status: 'completed' }]);
  });

  it('a worker runs no job that is not signed with it, and one without a key none that is', async () => {
    const open = sweep(1);
    await until(async () => (await queue.getJobCounts('waiting')).waiting === 1);
    await work(join(out, 'keyed'), { key, untilEmpty: true });
    expect(await open.done).toMatchObject([
      {
        status: 'failed',
        reason: expect.stringMatching(/it is not signed, and this worker has a key/) as string,
      },
    ]);
    const closed = sweep(1, { key });
    await until(async () => (await queue.getJobCounts('waiting')).waiting === 1);
    await work(join(out, 'open'), { untilEmpty: true });
    expect(await closed.done).toMatchObject([
      {
        status: 'failed',
        reason: expect.stringMatching(/its sweep has a key, and this worker has none/) as string,
      },
    ]);
  });

  it('a job that somebody has changed is put into the queue again as it was', async () => {
    const { done, tasks } = sweep(1, { key, attempts: 2 });
    const id = jobId(sweepId, tasks[0]!.id);
    await until(async () => (await queue.getJob(id)) !== undefined);
    const job = (await queue.getJob(id))!;
    const data = job.data as QueuedRun;
    await job.updateData({ ...data, run: { ...data.run, experiment: { ...experiment, seed: 9 } } });
    void work(join(out, 'elsewhere'), { key });
    expect(await done).toMatchObject([{ status: 'completed', seed: 0 }]);
    expect(aside().map(({ what, reason }) => `${what}: ${reason}`)).toEqual([
      `The job of ${tasks[0]!.id}: it is not what this sweep put into the queue`,
    ]);
  });
});
