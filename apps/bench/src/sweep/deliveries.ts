import { hostname } from 'node:os';
import type { Redis } from 'ioredis';
import { z } from 'zod';
import { parseJson } from '../records/parse-json.js';
import { checkRecord } from '../records/read-json-file.js';
import { UserError } from '../records/user-error.js';
import { isWrongType } from './explain-redis-error.js';
import { returnedFileNames } from './returned-files.js';
import type { SetAsideItem } from './set-aside.js';
import type { SweepKey } from './sweep-key.js';
import { keptSeconds, queuePrefix } from './sweep-queue.js';

/** The largest delivery that is sent and read. */
const mostBytes = 64 * 2 ** 20;
/** Of what cannot be used, so much is fetched to be looked at. */
const mostKeptBytes = 65_536;

const deliverySchema = z.strictObject({
  schemaVersion: z.literal(1),
  host: z.string().max(255),
  outcome: z.discriminatedUnion('status', [
    z.strictObject({
      status: z.literal('finished'),
      files: z.partialRecord(z.enum(returnedFileNames), z.string()),
    }),
    z.strictObject({ status: z.literal('refused'), reason: z.string().max(10_000) }),
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
  /** @throws UserError when it is too large to be sent. */
  put(runId: string, outcome: Delivery['outcome']): Promise<void>;
  /** The runs that something is there for. */
  runIds(): Promise<string[]>;
  /** @throws UserError when it is not what a worker of this version, with the same key, puts there. */
  get(runId: string): Promise<Delivery | undefined>;
  /** The beginning of a delivery as it is, for a person to look at. */
  peek(runId: string): Promise<string>;
  remove(runId: string): Promise<void>;
}

/** Before the JSON of a signed delivery, with the signature between. */
const signedPrefix = 'hmac-sha256 ';

/**
 * The deliveries of one sweep.
 *
 * @param options.key - Signs what is put and is asked of what is got.
 * @param options.onDamage - Called when Redis held something else under the sweep's key, which is removed then.
 */
export function deliveriesOf(
  sweepId: string,
  client: Redis,
  {
    key: secret,
    onDamage,
  }: { readonly key?: SweepKey | undefined; readonly onDamage?: (item: SetAsideItem) => void } = {},
): Deliveries {
  const key = `${queuePrefix}:deliveries:${sweepId}`;
  const purpose = (runId: string): readonly string[] => ['delivery', sweepId, runId];

  /** Does what needs a hash; where there is something else, that is removed first. */
  const repaired = async <T>(operation: () => Promise<T>): Promise<T> => {
    try {
      return await operation();
    } catch (error) {
      if (!isWrongType((error as Error).message)) throw error;
      const type = await client.type(key);
      const text = type === 'string' ? await client.getrange(key, 0, mostKeptBytes) : '';
      await client.del(key);
      onDamage?.({ what: `What Redis held as ${key}`, reason: `it is a ${type}, not a hash`, text });
      return operation();
    }
  };

  return {
    has: (runId) => repaired(async () => (await client.hexists(key, runId)) === 1),
    async put(runId, outcome) {
      const delivery: Delivery = { schemaVersion: 1, host: hostname().slice(0, 255), outcome };
      const json = JSON.stringify(delivery);
      const text =
        secret === undefined ? json : `${signedPrefix}${secret.sign(purpose(runId), json)}\n${json}`;
      const bytes = Buffer.byteLength(text);
      if (bytes > mostBytes) {
        throw new UserError(`The results have ${bytes} bytes; at most ${mostBytes} are sent through Redis.`, {
          exitCode: 1,
        });
      }
      await repaired(() => client.hset(key, runId, text));
      await client.expire(key, keptSeconds);
    },
    runIds: () => repaired(() => client.hkeys(key)),
    async get(runId) {
      const place = 'It';
      // Asked for first, so that it never comes here.
      const bytes = await repaired(() => client.hstrlen(key, runId));
      if (bytes > mostBytes)
        throw new UserError(`${place} has ${bytes} bytes; at most ${mostBytes} are read.`);
      const text = await repaired(() => client.hget(key, runId));
      if (text === null) return undefined;
      const json = openSigned(text, purpose(runId), secret);
      return checkRecord(parseJson(json, { place, mostBytes }), deliverySchema, {
        place,
        what: 'what this version reads',
        advice: 'Let workers and sweep have the same version.',
      });
    },
    async peek(runId) {
      return repaired(async () => {
        const bytes = await client.hstrlen(key, runId);
        if (bytes > mostBytes) return `(${bytes} bytes)`;
        return ((await client.hget(key, runId)) ?? '').slice(0, mostKeptBytes);
      });
    },
    async remove(runId) {
      await repaired(() => client.hdel(key, runId));
    },
  };
}

function openSigned(text: string, purpose: readonly string[], key: SweepKey | undefined): string {
  const signed = text.startsWith(signedPrefix);
  const end = signed ? text.indexOf('\n') : -1;
  const json = text.slice(end + 1);
  // Without a key nothing can be said of a signature, and nothing is asked.
  if (key === undefined) return json;
  if (!signed) throw new UserError('It is not signed. Give the worker the key of the sweep.');
  if (!key.verify(purpose, json, text.slice(signedPrefix.length, end)))
    throw new UserError(
      "Its signature is not that of the sweep's key for this run. Give sweep and workers the same key.",
    );
  return json;
}
