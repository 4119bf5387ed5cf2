import type { Queue } from 'bullmq';
import type { Redis } from 'ioredis';
import type { SetAside } from './set-aside.js';
import { unreadableJob } from './unreadable-job.js';

const lists = ['active', 'wait', 'paused'];
const sortedSets = ['delayed', 'prioritized'];

/**
 * Takes jobs out of the queue that its library cannot read or put away, so that no worker would ever be done with them.
 *
 * @param jobIds - Of jobs to look at; default all that workers have begun or are to begin.
 * @returns How many there were.
 */
export async function removeUnreadableJobs(
  queue: Queue,
  client: Redis,
  setAside: SetAside,
  jobIds?: readonly string[],
): Promise<number> {
  const ids = jobIds ?? [
    ...(await Promise.all(lists.map((list) => client.lrange(queue.toKey(list), 0, -1)))).flat(),
    ...(await Promise.all(sortedSets.map((set) => client.zrange(queue.toKey(set), '0', '-1')))).flat(),
  ];
  let count = 0;
  for (const id of ids) {
    const key = queue.toKey(id);
    const problem = await unreadableJob(key, client);
    if (problem === undefined) continue;
    // An id that is the name of one of the queue's own keys names no job.
    const ownKey = Object.values(queue.keys).includes(key);
    const removed = await client
      .multi([
        ...lists.map((list) => ['lrem', queue.toKey(list), '0', id]),
        ...[...sortedSets, 'failed', 'completed'].map((set) => ['zrem', queue.toKey(set), id]),
        ...(ownKey ? [] : [['del', key, `${key}:lock`]]),
      ])
      .exec();
    // Several workers may see it at the same time.
    if (!removed?.some(([, done]) => typeof done === 'number' && done > 0)) continue;
    count += 1;
    setAside.add({ what: `Job ${id.slice(0, 200)}`, ...problem });
  }
  return count;
}
