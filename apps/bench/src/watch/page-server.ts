import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { PageFile } from './page-files.js';
import type { WatchMessage } from './messages.js';
import type { RunWatcher } from './run-watcher.js';

const aliveMilliseconds = 15_000;
/** A browser that has fallen behind by so much is let go; it comes back and gets everything anew. */
const mostBytesWaiting = 64 * 2 ** 20;

/** Where the page is served. Other machines cannot reach it. */
export const loopback = '127.0.0.1';

/** What the page is served from. */
export interface PageServerOptions {
  /** As it was typed: the page shows it. */
  readonly folder: string;
  readonly watcher: RunWatcher;
  readonly files: ReadonlyMap<string, PageFile>;
  /** How long to wait between two looks while somebody watches, default 1000. */
  readonly pollMilliseconds?: number;
}

/**
 * A server of the page, its news and evaluations. It only reads, knows no paths but the page's own, and refuses requests whose
 * `Host` is not this machine's: a page elsewhere cannot get at the runs by pointing its own name here.
 */
export function createPageServer({ folder, watcher, files, pollMilliseconds = 1000 }: PageServerOptions): {
  readonly server: Server;
  readonly close: () => void;
} {
  const listeners = new Set<ServerResponse>();
  let timer: NodeJS.Timeout | undefined;

  const send = (to: ServerResponse, message: WatchMessage): void => {
    if (to.writableLength > mostBytesWaiting) to.destroy();
    else to.write(`data: ${JSON.stringify(message)}\n\n`);
  };

  const look = (): void => {
    const started = performance.now();
    const { runs, gone, isWhole } = watcher.poll();
    if (runs.length > 0 || gone.length > 0)
      for (const to of listeners) send(to, { kind: 'changes', runs, gone });
    // A tree that takes long to look through is looked at less often.
    const pause = Math.max(pollMilliseconds, isWhole ? 20 * (performance.now() - started) : 0);
    timer = listeners.size > 0 ? setTimeout(look, pause) : undefined;
  };

  const listen = (to: ServerResponse): void => {
    to.writeHead(200, { ...headers, 'Content-Type': 'text/event-stream; charset=utf-8' });
    to.write('retry: 1000\n\n');
    // The others hear of what this look finds, too.
    clearTimeout(timer);
    look();
    send(to, { kind: 'snapshot', folder, runs: watcher.current() });
    listeners.add(to);
    timer ??= setTimeout(look, pollMilliseconds);
    const alive = setInterval(() => to.write(': alive\n\n'), aliveMilliseconds);
    to.on('close', () => {
      clearInterval(alive);
      listeners.delete(to);
    });
  };

  const answer = (request: IncomingMessage, to: ServerResponse): void => {
    if (!isOurs(request.headers.host)) {
      refuse(to, 403, `This page is served to 127.0.0.1 and localhost only.`);
      return;
    }
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      refuse(to, 405, 'This server only shows; it answers to GET.');
      return;
    }
    const [path, query] = (request.url ?? '/').split('?', 2);
    const file = files.get(path!);
    if (file !== undefined) {
      to.writeHead(200, { ...headers, 'Content-Type': file.type });
      to.end(request.method === 'HEAD' ? undefined : file.body);
    } else if (path === '/events' && request.method === 'GET') {
      listen(to);
    } else if (path === '/evaluation') {
      const evaluation = watcher.evaluation(new URLSearchParams(query).get('run') ?? '');
      if (evaluation === undefined) {
        refuse(to, 404, 'There is no such run, or it has no evaluation yet.');
        return;
      }
      to.writeHead(200, { ...headers, 'Content-Type': 'application/json; charset=utf-8' });
      to.end(JSON.stringify(evaluation));
    } else {
      refuse(to, 404, 'There is nothing here.');
    }
  };

  const server = createServer(answer);
  return {
    server,
    close() {
      clearTimeout(timer);
      for (const to of listeners) to.end();
      server.close();
      server.closeAllConnections();
    },
  };
}

const headers = {
  'Cache-Control': 'no-store',
  'Content-Security-Policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
};

function refuse(to: ServerResponse, status: number, sentence: string): void {
  to.writeHead(status, { ...headers, 'Content-Type': 'text/plain; charset=utf-8' });
  to.end(`${sentence}\n`);
}

/** The port may be another: that of a tunnel. */
function isOurs(host: string | undefined): boolean {
  return host !== undefined && /^(?:127\.0\.0\.1|localhost)(?::\d+)?$/i.test(host);
}
