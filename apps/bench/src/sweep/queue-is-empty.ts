import { setTimeout as wait } from 'node:timers/promises';
import type { Queue } from 'bullmq';
import type { Redis } from 'ioredis';

const emptyMilliseconds = 1000;
/** So many looks in a row must find nothing: a sweep that was started at the same time may still be filling the queue. */
const emptyLooks = 3;
/** A job that is to begin later than this is not waited for. */
const soonMilliseconds = 3_600_000;

/** Returns when the queue has nothing to do, now or within an hour, or the signal says stop. */
export async function queueIsEmpty(queue: Queue, client: Redis, signal: AbortSignal): Promise<void> {
  for (let empty = 0; !signal.aborted;) {
    const {
      waiting = 0,
      active = 0,
      prioritized = 0,
    } = await queue.getJobCounts('waiting', 'active', 'prioritized');
    // The library keeps the time in the upper bits of the score.
    const latest = (Date.now() + soonMilliseconds) * 0x1000;
    const delayed = await client.zcount(queue.toKey('delayed'), '-inf', latest);
    empty = waiting + active + prioritized + delayed === 0 ? empty + 1 : 0;
    if (empty === emptyLooks) return;
    await wait(emptyMilliseconds, undefined, { signal }).catch(() => undefined);
  }
}
