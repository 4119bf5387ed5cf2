import { spawn, spawnSync } from 'node:child_process';
import { createServer } from 'node:net';

/** A Redis of a test's own, on a free port of 127.0.0.1. */
export interface TestRedis {
  readonly url: string;
  /** @param signal - SIGKILL loses what is not on disk; SIGTERM saves where the server was started with a folder. */
  stop(signal?: NodeJS.Signals): Promise<void>;
  /** On the same port. */
  start(): Promise<void>;
}

/** Whether Debian's package redis-server, or another, is installed. */
export function hasRedis(): boolean {
  return spawnSync('redis-server', ['--version']).status === 0;
}

/**
 * Starts a Redis.
 *
 * @param folder - Where it keeps every write at once, to be there after a restart.
 */
export async function startRedis(folder: string): Promise<TestRedis> {
  const port = await freePort();
  let child: ReturnType<typeof spawn> | undefined;
  const redis: TestRedis = {
    url: `redis://127.0.0.1:${port}`,
    async start() {
      const words = ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder];
      const keeping = ['--save', '', '--appendonly', 'yes', '--appendfsync', 'always'];
      child = spawn('redis-server', [...words, ...keeping], { stdio: ['ignore', 'pipe', 'inherit'] });
      await new Promise<void>((resolve, reject) => {
        child!.once('exit', () => {
          reject(new Error('redis-server did not start.'));
        });
        child!.stdout!.on('data', (chunk: Buffer) => {
          if (chunk.toString().includes('Ready to accept connections')) resolve();
        });
      });
    },
    async stop(signal = 'SIGTERM') {
      const ending = child;
      if (ending?.exitCode !== null || ending.signalCode !== null) return;
      const exit = new Promise((resolve) => ending.once('exit', resolve));
      ending.kill(signal);
      await exit;
    },
  };
  await redis.start();
  return redis;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('No free port.');
  return address.port;
}
