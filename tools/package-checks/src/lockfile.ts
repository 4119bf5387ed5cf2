import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { root } from './published-packages.js';

interface Snapshot {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

interface Importer {
  readonly dependencies?: Readonly<Record<string, { readonly version: string }>>;
  readonly optionalDependencies?: Readonly<Record<string, { readonly version: string }>>;
}

/** What a check reads of `pnpm-lock.yaml`. */
export interface Lockfile {
  readonly importers: Readonly<Record<string, Importer>>;
  readonly packages: Readonly<Record<string, { readonly deprecated?: string }>>;
  readonly snapshots: Readonly<Record<string, Snapshot | undefined>>;
}

/** A version of a package that comes along with ours. */
export interface LockedPackage {
  readonly name: string;
  readonly version: string;
  /** The registry's word against it, when there is one. */
  readonly deprecated: string | undefined;
  /** What the package says; undefined where it is not installed, as for another platform. */
  readonly licence: string | undefined;
}

/** Reads `pnpm-lock.yaml` of this repository. */
export function readLockfile(): Lockfile {
  return parse(readFileSync(join(root, 'pnpm-lock.yaml'), 'utf8')) as Lockfile;
}

/** The keys of all that these folders' production dependencies need, optional ones and their own needs included. */
export function productionClosure(lockfile: Lockfile, folders: readonly string[]): Set<string> {
  const found = new Set<string>();
  const take = (name: string, reference: string): void => {
    // A package of the workspace is looked at itself; an alias names its target in full.
    if (reference.startsWith('link:')) return;
    const plain = `${name}@${reference}`;
    const key = plain in lockfile.snapshots ? plain : reference;
    if (found.has(key)) return;
    found.add(key);
    const { dependencies, optionalDependencies } = lockfile.snapshots[key] ?? {};
    for (const [next, version] of Object.entries({ ...dependencies, ...optionalDependencies })) {
      take(next, version);
    }
  };
  for (const folder of folders) {
    const { dependencies, optionalDependencies } = lockfile.importers[folder] ?? {};
    for (const [name, { version }] of Object.entries({ ...dependencies, ...optionalDependencies })) {
      take(name, version);
    }
  }
  return found;
}

/** Names, versions and licences for keys of the lock file; several keys that differ in their peers are one package. */
export function lockedPackages(lockfile: Lockfile, keys: Iterable<string>): LockedPackage[] {
  const plain = [...new Set([...keys].map((key) => key.replace(/\(.*/s, '')))].sort();
  const store = join(root, 'node_modules/.pnpm');
  const folders = readdirSync(store);
  return plain.map((key) => {
    const [name, version] = [key.slice(0, key.lastIndexOf('@')), key.slice(key.lastIndexOf('@') + 1)];
    const start = key.replaceAll('/', '+');
    const manifest = folders
      .filter((folder) => folder === start || folder.startsWith(`${start}_`))
      .map((folder) => join(store, folder, 'node_modules', name, 'package.json'))
      .find((file) => existsSync(file));
    return {
      name,
      version,
      deprecated: lockfile.packages[key]?.deprecated,
      licence: manifest === undefined ? undefined : licenceOf(readFileSync(manifest, 'utf8')),
    };
  });
}

/** The `license` of a manifest, also in the two old forms that objects had. */
function licenceOf(manifest: string): string {
  const { license, licenses } = JSON.parse(manifest) as {
    license?: string | { type: string };
    licenses?: { type: string }[];
  };
  if (typeof license === 'string') return license;
  return license?.type ?? licenses?.map(({ type }) => type).join(' OR ') ?? 'unknown';
}
