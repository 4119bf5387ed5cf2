import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer, type AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** A registry that runs on this machine. */
export interface LocalRegistry {
  /**
   * Lines for an `.npmrc`: packages of our scope come from here, all others from where the user's npm takes them, with the
   * user's mirrors, proxies and certificates.
   */
  readonly npmrc: string;
  stop(): Promise<void>;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

function verdaccioProgram(): string {
  const path = createRequire(import.meta.url).resolve('verdaccio/package.json');
  const { bin } = JSON.parse(readFileSync(path, 'utf8')) as { bin: string };
  return join(dirname(path), bin);
}

async function waitUntilItAnswers(url: string, registry: ChildProcess): Promise<void> {
  const end = Date.now() + 60_000;
  while (Date.now() < end && registry.exitCode === null) {
    if (
      await fetch(`${url}-/ping`).then(
        ({ ok }) => ok,
        () => false,
      )
    )
      return;
    await sleep(100);
  }
  throw new Error(`verdaccio does not answer at ${url}; its log is in the folder of the rehearsal.`);
}

/** Starts verdaccio with nothing in it and no way to any other registry. Its files lie in the folder. */
export async function startRegistry(folder: string): Promise<LocalRegistry> {
  mkdirSync(folder, { recursive: true });
  const log = JSON.stringify(join(folder, 'log'));
  writeFileSync(
    join(folder, 'config.yaml'),
    [
      `storage: ${JSON.stringify(join(folder, 'storage'))}`,
      `log: { type: file, path: ${log}, level: warn }`,
      "packages: { '**': { access: $all, publish: $all } }",
      'max_body_size: 100mb',
      'web: { enable: false }',
    ].join('\n'),
  );
  const port = await freePort();
  const url = `http://127.0.0.1:${port}/`;
  const registry = spawn(
    process.execPath,
    [verdaccioProgram(), '--config', join(folder, 'config.yaml'), '--listen', `127.0.0.1:${port}`],
    { stdio: 'ignore', cwd: folder },
  );
  const stop = async (): Promise<void> => {
    if (registry.exitCode !== null) return;
    registry.kill();
    await once(registry, 'exit');
  };
  try {
    await waitUntilItAnswers(url, registry);
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    // npm wants a token before it publishes; this registry looks at none.
    npmrc: `@hyperspherical:registry=${url}\n//127.0.0.1:${port}/:_authToken=none\n`,
    stop,
  };
}
