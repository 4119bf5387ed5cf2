import { existsSync, readFileSync } from 'node:fs';
import { bundlePage } from './bundle-page.js';

/** A file of the page, as it is sent. */
export interface PageFile {
  readonly type: string;
  readonly body: string;
}

// The page's HTML and CSS are in src, in a checkout and in the published package alike; only the latter has the modules bundled.
const markup = new URL('./page/', import.meta.url);
const built = new URL('./page.js', import.meta.url);

/** Everything that the page is made of, by the path under which it is asked for; nothing else is ever sent. */
export async function loadPageFiles(): Promise<ReadonlyMap<string, PageFile>> {
  const file = (type: string, body: string): PageFile => ({ type: `${type}; charset=utf-8`, body });
  const read = (url: URL): string => readFileSync(url, 'utf8');
  return new Map([
    ['/', file('text/html', read(new URL('page.html', markup)))],
    ['/page.css', file('text/css', read(new URL('page.css', markup)))],
    ['/page.js', file('text/javascript', existsSync(built) ? read(built) : await bundlePage())],
  ]);
}
