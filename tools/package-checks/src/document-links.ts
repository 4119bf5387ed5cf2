import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root } from './published-packages.js';

const codeBlock = /^ *```[\s\S]*?^ *```/gm;
const link = /\]\(([^)\s]+)\)/g;
/** A path of this repository in backticks, such as `packages/losses/src/index.ts`; not one with a `<name>` or a `*` in it. */
const namedFile = /`((?:packages|apps|tools|docs)\/[\w./-]*[\w-])`/g;

/** Sentences about relative links and named files of a document, as a path from the root, that are not there. */
export function brokenReferences(document: string, text: string): string[] {
  const prose = text.replace(codeBlock, '');
  const links = [...prose.matchAll(link)]
    .map(([, target]) => target!)
    .filter((target) => !/^(?:[a-z]+:|#)/.test(target))
    .map((target) => [target, join(dirname(document), target.replace(/#.*/, ''))] as const);
  const files = [...prose.matchAll(namedFile)].map(([, path]) => [path!, path!] as const);
  return [...links, ...files]
    .filter(([, path]) => !existsSync(join(root, path)))
    .map(([name, path]) => `${document} names ${name}, and there is no ${path}`);
}

/** The documents for contributors: those at the root and everything under `docs`, as paths from the root. */
export function contributorDocuments(): string[] {
  const below = readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' }).map((name) =>
    join('docs', name),
  );
  return [...readdirSync(root), ...below].filter((name) => name.endsWith('.md')).sort();
}

/** The text of a document. */
export function readDocument(document: string): string {
  return readFileSync(join(root, document), 'utf8');
}
