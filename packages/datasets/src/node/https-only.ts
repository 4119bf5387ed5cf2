import { AsyncLocalStorage } from 'node:async_hooks';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { ClientRequest } from 'node:http';
import { refusePlainHttp } from './refuse-plain-http.js';

const running = new AsyncLocalStorage<symbol>();
const channel = 'http.client.request.start';

/**
 * Runs something that makes requests, and ends every request that is neither https nor to this machine before its answer is read.
 * npm's fetcher follows redirects on its own, and has no option to refuse some, so the first address alone says little.
 */
export async function httpsOnly<Result>(run: () => Promise<Result>): Promise<Result> {
  const self = Symbol('run');
  const check = (message: unknown): void => {
    // The channel has the requests of the whole process.
    if (running.getStore() !== self) return;
    const { request } = message as { readonly request: ClientRequest };
    try {
      refusePlainHttp(`${request.protocol}//${String(request.getHeader('host'))}`);
    } catch (error) {
      request.destroy(error as Error);
    }
  };
  subscribe(channel, check);
  try {
    return await running.run(self, run);
  } finally {
    unsubscribe(channel, check);
  }
}
