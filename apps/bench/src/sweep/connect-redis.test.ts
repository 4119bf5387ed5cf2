import { createServer } from 'node:net';
import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { connectRedis } from './connect-redis.js';

describe('connectRedis', () => {
  it.each(['localhost:6379', 'http://127.0.0.1:6379', 'redis://', 'nonsense'])(
    'refuses the address %s',
    async (url) => {
      await expect(connectRedis(url)).rejects.toMatchObject({
        name: 'UserError',
        exitCode: 2,
        message: `--redis ${url} is no address of a Redis. Give redis://<host>:<port>.`,
      });
    },
  );

  it('has no cause that could show the password', async () => {
    const port = await freePort();
    const error: unknown = await connectRedis(`redis://:s3cret%off@127.0.0.1:${port}`).catch(
      (reason: unknown) => reason,
    );
    expect(inspect(error, { depth: 9 })).toMatch(/Cannot reach Redis at redis:\/\/127/);
    expect(inspect(error, { depth: 9 })).not.toContain('s3c');
  });

  it('says that nothing listens, without the password', async () => {
    const port = await freePort();
    await expect(connectRedis(`redis://user:secret@127.0.0.1:${port}`)).rejects.toMatchObject({
      name: 'UserError',
      exitCode: 1,
      message: `Cannot reach Redis at redis://user@127.0.0.1:${port}: nothing listens there. Start redis-server, or correct --redis.`,
    });
  });
});

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address !== null ? address.port : 0;
}
