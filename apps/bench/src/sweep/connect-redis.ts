import { Redis } from 'ioredis';
import { UserError } from '../records/user-error.js';
import { parseRedisAddress } from './redis-address.js';

const longestPause = 2000;
const patience = 5000;

/** A connection to the one Redis that was named. It waits and comes back by itself when Redis is lost; commands wait with it. */
export interface RedisConnection {
  readonly client: Redis;
  /** For messages: without the password. */
  readonly place: string;
  /** A message of Redis or of its client library without the password. */
  readonly hide: (text: string) => string;
  /** Ends at once, whatever is still waiting. */
  close(): void;
}

/**
 * Connects to Redis.
 *
 * @param onMessage - Called when Redis is lost and when it is back.
 * @throws UserError when the address is none or Redis does not answer there; it never shows the password.
 */
export async function connectRedis(
  url: string,
  onMessage: (text: string) => void = () => undefined,
): Promise<RedisConnection> {
  const { url: address, username, password, place, hide } = parseRedisAddress(url);
  let connected = false;
  let lost = false;
  let lastError: Error | undefined;
  const client = createClient(
    () =>
      new Redis(address, {
        ...(username !== undefined && { username }),
        ...(password !== undefined && { password }),
        lazyConnect: true,
        connectTimeout: patience,
        // Commands wait for Redis to come back, however long that takes.
        maxRetriesPerRequest: null,
        retryStrategy: (times) => (connected ? Math.min(100 * times, longestPause) : null),
      }),
    place,
  );
  client.on('error', (error: Error) => {
    lastError = error;
  });
  try {
    await client.connect();
    await client.ping();
  } catch (error) {
    // Where the connection has ended by itself, this would only wait.
    if (client.status !== 'end') client.disconnect();
    // Not handed on as the cause: the library's errors hold the command that failed, and with it the password.
    throw new UserError(`Cannot reach Redis at ${place}: ${explain(lastError ?? (error as Error), hide)}.`, {
      exitCode: 1,
    });
  }
  connected = true;
  client.on('close', () => {
    if (lost || client.status === 'end') return;
    lost = true;
    onMessage(`Redis at ${place} is gone; waiting for it to come back. Nothing is lost.`);
  });
  client.on('ready', () => {
    if (lost) onMessage(`Redis at ${place} is back.`);
    lost = false;
  });
  return {
    client,
    place,
    hide,
    close() {
      lost = true;
      client.disconnect();
    },
  };
}

function createClient(create: () => Redis, place: string): Redis {
  try {
    return create();
  } catch {
    // What the library says may show any of the options.
    throw new UserError(
      `--redis ${place} has options after its ? that do not work. Give redis://<host>:<port>.`,
    );
  }
}

function explain(error: Error, hide: RedisConnection['hide']): string {
  const code = 'code' in error ? String(error.code) : '';
  if (code === 'ECONNREFUSED') return 'nothing listens there. Start redis-server, or correct --redis';
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return 'there is no such host. Correct --redis';
  if (code === 'ETIMEDOUT' || /timed? ?out/i.test(error.message))
    return 'it does not answer. Is it running, and does a firewall let this machine through?';
  if (/NOAUTH|WRONGPASS|invalid password/i.test(error.message))
    return 'it refuses the password. Give redis://<user>:<password>@<host>:<port>';
  return hide(error.message);
}
