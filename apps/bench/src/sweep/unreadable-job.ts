import type { Redis } from 'ioredis';
import { z } from 'zod';
import { mostJobBytes } from './sweep-queue.js';

/** So much of a job is kept to be looked at. */
const mostCharacters = 65_536;

const keep = z.union([
  z.boolean(),
  z.number(),
  z.object({ age: z.number().optional(), count: z.number().optional() }),
]);

/** Options that the queue's library can act upon when the job has ended; with others it would begin the job again and again. */
const optionsSchema = z.object({
  attempts: z.number().optional(),
  backoff: z
    .union([
      z.number().min(0),
      z.object({
        type: z.enum(['fixed', 'exponential']),
        delay: z.number().min(0).optional(),
        jitter: z.number().min(0).max(1).optional(),
      }),
    ])
    .optional(),
  delay: z.number().optional(),
  keepLogs: z.number().optional(),
  removeOnComplete: keep.optional(),
  removeOnFail: keep.optional(),
  stackTraceLimit: z.number().optional(),
  parent: z.never().optional(),
  repeat: z.never().optional(),
});

/** Fields of a job that the library parses or acts upon. */
const parsed = ['data', 'opts', 'progress'] as const;
/** Fields that no job of a sweep has. */
const foreign = ['parent', 'parentKey', 'rjk', 'defa'] as const;

/**
 * Why the queue's library could not read a job, or could not put it away afterwards; undefined where it can, or the job is gone.
 *
 * @param key - Of the job in Redis.
 */
export async function unreadableJob(
  key: string,
  client: Redis,
): Promise<{ readonly reason: string; readonly text: string } | undefined> {
  const type = await client.type(key);
  if (type === 'none') return undefined;
  if (type !== 'hash') {
    const text = type === 'string' ? await client.getrange(key, 0, mostCharacters) : '';
    return { reason: `it is a ${type} in Redis, not a hash`, text };
  }
  for (const name of [...parsed, ...foreign]) {
    const bytes = await client.hstrlen(key, name);
    if (bytes > mostJobBytes)
      return { reason: `its ${name} has ${bytes} bytes; at most ${mostJobBytes} are read`, text: '' };
  }
  const values = await client.hmget(key, ...parsed, ...foreign);
  const problem = problemOf(
    Object.fromEntries([...parsed, ...foreign].map((name, at) => [name, values[at]])),
  );
  return problem === undefined ? undefined : { ...problem, text: problem.text.slice(0, mostCharacters) };
}

function problemOf(
  fields: Readonly<Record<string, string | null | undefined>>,
): { readonly reason: string; readonly text: string } | undefined {
  for (const name of foreign) {
    const text = fields[name];
    if (text) return { reason: `it has ${name}, which no job of a sweep has`, text };
  }
  for (const name of parsed) {
    const text = fields[name] ?? '';
    // A job that was not begun yet has no progress.
    if (text === '' && name === 'progress') continue;
    try {
      const value: unknown = JSON.parse(text);
      if (name !== 'opts' || optionsSchema.safeParse(value).success) continue;
      return { reason: 'its opts are not those of a sweep', text };
    } catch {
      return { reason: `its ${name} is not JSON`, text };
    }
  }
  return undefined;
}
