import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import type { Plugin } from 'vite';

/** Writes `service-worker.js` beside the built files: it keeps all of them, so that the page opens without a network. */
export function serviceWorkerPlugin(): Plugin {
  let folder = '';
  return {
    name: 'playground-service-worker',
    apply: 'build',
    configResolved: ({ root, build }) => {
      folder = resolve(root, build.outDir);
    },
    writeBundle: () => {
      const files = readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile() && entry.name !== 'service-worker.js')
        .map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
        .sort();
      const hash = createHash('sha256');
      for (const file of files) hash.update(file).update(readFileSync(join(folder, file)));
      writeFileSync(join(folder, 'service-worker.js'), serviceWorker(files, hash.digest('hex').slice(0, 16)));
    },
  };
}

/** Nothing else is ever cached, and another build replaces all of it. */
function serviceWorker(files: readonly string[], version: string): string {
  return `const prefix = 'playground ' + registration.scope + ' ';
const name = prefix + '${version}';
const files = ${JSON.stringify(['./', ...files])};

addEventListener('install', (event) => {
  event.waitUntil(caches.open(name).then((cache) => cache.addAll(files)).then(() => skipWaiting()));
});

addEventListener('activate', (event) => {
  event.waitUntil(
    caches
      .keys()
      .then((keys) => Promise.all(keys.filter((key) => key.startsWith(prefix) && key !== name).map((key) => caches.delete(key))))
      .then(() => clients.claim()),
  );
});

addEventListener('fetch', (event) => {
  if (event.request.method !== 'GET') return;
  event.respondWith(
    caches
      .open(name)
      .then((cache) => cache.match(event.request, { ignoreSearch: true }))
      .then((kept) => kept ?? fetch(event.request)),
  );
});
`;
}
