import { readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { anchorsOf } from './anchors.js';
import { type Link, linksOf, namedFilesOf } from './links.js';

/** The files that links may point to. */
export interface LinkedFiles {
  /** Whether a path from the root is a file or a folder of the repository. */
  readonly has: (path: string) => boolean;
  /** The text of a file. */
  readonly read: (path: string) => string;
}

/** The files of a repository on disk. */
export function linkedFiles(root: string, paths: readonly string[]): LinkedFiles {
  const all = new Set(['.']);
  for (const path of paths) for (let part = path; part !== '.'; part = posix.dirname(part)) all.add(part);
  return { has: (path) => all.has(path), read: (path) => readFileSync(`${root}/${path}`, 'utf8') };
}

/**
 * Sentences about what is wrong with the links of a Markdown file, and with the files that it names in backticks: files that are not in
 * the repository, anchors that the file does not have, addresses that are no well-formed https.
 *
 * @param file - its path from the root
 */
export function brokenLinks(file: string, files: LinkedFiles): string[] {
  const markdown = files.read(file);
  const say = ({ target, line }: Link, fault: string | undefined) =>
    fault === undefined ? [] : [`${file}:${line} links to ${target}, ${fault}`];
  return [
    ...linksOf(markdown).flatMap((link) => say(link, faultOf(link.target, file, files))),
    ...namedFilesOf(markdown).flatMap(({ target, line }) =>
      files.has(target) ? [] : [`${file}:${line} names ${target}, which is not in the repository`],
    ),
  ];
}

function faultOf(target: string, file: string, files: LinkedFiles): string | undefined {
  if (/^[a-z][a-z+.-]*:/i.test(target)) return addressFault(target);
  if (target.startsWith('//')) return 'an address without https:';
  if (target.startsWith('/'))
    return 'a path from the root, which only GitHub would find: say it from the file';
  const [path = '', anchor] = target.split('#');
  const found = path === '' ? file : posix.join(posix.dirname(file), decoded(path)).replace(/\/$/, '');
  if (!files.has(found)) return `and ${found} is not in the repository`;
  return anchor === undefined ? undefined : anchorFault(anchor, found, files);
}

/** What is wrong with an address of the web or of mail. */
function addressFault(address: string): string | undefined {
  if (address.startsWith('mailto:')) return address.includes('@') ? undefined : 'which is no address of mail';
  if (!address.startsWith('https://')) return 'which does not begin with https://';
  if (!URL.canParse(address)) return 'which is no address';
  if (/\s/.test(address)) return 'which has a space in it';
  const { hostname, username, password } = new URL(address);
  if (username !== '' || password !== '') return 'which holds a name or a password';
  return hostname.includes('.') ? undefined : `and ${hostname} is no host that others reach`;
}

function anchorFault(anchor: string, file: string, files: LinkedFiles): string | undefined {
  // A folder shows its README.
  const page = files.has(`${file}/README.md`) ? `${file}/README.md` : file;
  if (page.endsWith('.md'))
    return anchorsOf(files.read(page)).has(decoded(anchor)) ? undefined : `and ${page} has no such heading`;
  const line = /^L(\d+)$/.exec(anchor)?.[1];
  if (line === undefined) return `and ${file} has no headings`;
  return Number(line) <= files.read(page).split('\n').length ? undefined : `and ${file} has fewer lines`;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
