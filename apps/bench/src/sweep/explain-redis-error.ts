import { UserError } from '../records/user-error.js';
import type { RedisConnection } from './connect-redis.js';
import { queueName, queuePrefix } from './sweep-queue.js';

/** Turns what Redis answers instead of doing what it is asked into one sentence; any other error passes unchanged. */
export function explainRedisError(
  error: unknown,
  { place, hide }: Pick<RedisConnection, 'place' | 'hide'>,
): unknown {
  const { name, message } = error as Error;
  if (name !== 'ReplyError') return error;
  // Not handed on as the cause: it holds the command, and with it the texts of jobs and results.
  return new UserError(
    isWrongType(message)
      ? `Redis at ${place} holds something else under ${queuePrefix}:${queueName}:*, the keys of the queue. Delete these keys and start again: what has finished is in its folders.`
      : `Redis at ${place} refuses a command: ${hide(message)}.`,
    { exitCode: 1 },
  );
}

/** Whether something else is where a command expects its list, set or hash. */
export function isWrongType(message: string): boolean {
  return message.includes('WRONGTYPE');
}
