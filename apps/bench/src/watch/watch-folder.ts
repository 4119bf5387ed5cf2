import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { printJson } from '../printing/print-json.js';
import { errorCode } from '../records/error-code.js';
import { stopSignal } from '../printing/stop-signal.js';
import { UserError } from '../records/user-error.js';
import { loadPageFiles } from './page-files.js';
import { createPageServer, loopback } from './page-server.js';
import { createRunWatcher } from './run-watcher.js';

/** What is tried first where no port is asked for; the next to TensorBoard's hundred. */
const usualPort = 6106;

/** What `bench watch` was asked for. */
export interface WatchOptions {
  readonly port?: number;
  readonly open?: true;
  readonly json?: true;
}

/** Serves the page until Ctrl-C. */
export async function watchFolder(folder: string, options: WatchOptions): Promise<void> {
  checkFolder(folder);
  const { server, close } = createPageServer({
    folder,
    watcher: createRunWatcher(resolve(folder)),
    files: await loadPageFiles(),
  });
  const stop = stopSignal();
  try {
    const port = await listen(server, options.port);
    const url = `http://${loopback}:${port}/`;
    if (options.json) printJson({ folder: resolve(folder), url, port });
    else process.stdout.write(`Watching ${folder} at ${url}\nPress Ctrl-C to stop.\n`);
    if (options.open) {
      const { default: open } = await import('open');
      await open(url);
    }
    await new Promise<void>((done) => {
      if (stop.signal.aborted) done();
      else
        stop.signal.addEventListener('abort', () => {
          done();
        });
    });
  } finally {
    close();
    stop.release();
  }
}

function checkFolder(folder: string): void {
  const found = statSync(folder, { throwIfNoEntry: false });
  if (found === undefined)
    throw new UserError(
      `There is no folder ${folder}. Start a run first (bench quick), or name the folder of your runs: bench watch <folder>.`,
    );
  if (!found.isDirectory())
    throw new UserError(`${folder} is a file. Name the folder of your runs: bench watch <folder>.`);
}

async function listen(server: Server, port: number | undefined): Promise<number> {
  try {
    return await listenAt(server, port ?? usualPort);
  } catch (cause) {
    const code = errorCode(cause);
    if (code === 'EADDRINUSE') {
      if (port === undefined) return listenAt(server, 0);
      throw new UserError(
        `Port ${port} is in use. Choose another with --port, or --port 0 for any that is free.`,
        { exitCode: 1, cause },
      );
    }
    if (code === 'EACCES')
      throw new UserError(
        `Port ${port ?? usualPort} is not open to you. Choose one above 1023 with --port, or --port 0 for any that is free.`,
        { exitCode: 1, cause },
      );
    throw cause;
  }
}

async function listenAt(server: Server, port: number): Promise<number> {
  await new Promise<void>((done, fail) => {
    server.once('error', fail);
    server.listen(port, loopback, () => {
      server.off('error', fail);
      done();
    });
  });
  return (server.address() as AddressInfo).port;
}
