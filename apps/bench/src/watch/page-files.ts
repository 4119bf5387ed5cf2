import { readdirSync, readFileSync } from 'node:fs';

/** A file of the page, as it is sent. */
export interface PageFile {
  readonly type: string;
  readonly body: string;
}

// In a checkout and in the published package alike, the page's HTML and CSS lie in src, ours beside this file.
const markup = new URL('../../src/watch/page/', import.meta.url);
const modules = new URL('./page/', import.meta.url);

/** Everything that the page is made of, by the path under which it is asked for; nothing else is ever sent. */
export async function loadPageFiles(): Promise<ReadonlyMap<string, PageFile>> {
  const files = new Map<string, PageFile>();
  const read = (name: string, folder: URL): string => readFileSync(new URL(name, folder), 'utf8');
  files.set('/', { type: 'text/html; charset=utf-8', body: read('page.html', markup) });
  files.set('/page.css', { type: 'text/css; charset=utf-8', body: read('page.css', markup) });
  const type = 'text/javascript; charset=utf-8';
  for (const name of readdirSync(modules)) {
    const stem = /^([a-z-]+)\.(?:js|ts)$/.exec(name)?.[1];
    if (stem === undefined) continue;
    const text = read(name, modules);
    files.set(`/${stem}.js`, { type, body: name.endsWith('.ts') ? await withoutTypes(text) : text });
  }
  return files;
}

/** A checkout holds the page's modules as TypeScript; what is published has them built. */
async function withoutTypes(text: string): Promise<string> {
  const { default: typescript } = await import('typescript');
  const { ModuleKind, ScriptTarget } = typescript;
  return typescript.transpileModule(text, {
    compilerOptions: { module: ModuleKind.ESNext, target: ScriptTarget.ES2022, verbatimModuleSyntax: true },
  }).outputText;
}
