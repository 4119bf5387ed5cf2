import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import satisfies from 'spdx-satisfies';
import { parse } from 'yaml';
import type { LockedPackage } from './lockfile.js';
import { root, type WorkspacePackage } from './published-packages.js';

/** Why a dependency of a published package is there, and when its authors last published a version of it. */
export interface ProductionReason {
  readonly reason: string;
  /** The newest version, not always ours. */
  readonly newest: string;
  /** The day that the registry gives for it. */
  readonly released: string;
  /** Why it stays although that is long ago. */
  readonly kept?: string;
}

/** What `dependencies.json` says. */
export interface DependencyRecord {
  /** The day on which versions and dates were looked up. */
  readonly checkedOn: string;
  readonly allowedLicences: readonly string[];
  /** Licences that only packages whose names begin so may have. */
  readonly exceptions: readonly {
    readonly packages: string;
    readonly licence: string;
    readonly reason: string;
  }[];
  /** Licences of packages of which one machine installs only some; the first that fits counts. */
  readonly platforms: readonly { readonly packages: string; readonly licence: string }[];
  readonly production: Readonly<Record<string, ProductionReason>>;
  readonly development: Readonly<Record<string, string>>;
}

/** Names of dependencies and the folders that have them. */
export type Users = ReadonlyMap<string, readonly string[]>;

/** What the workspace uses: published packages' dependencies and peers in `production`, all else in `development`. */
export interface DependencyUse {
  readonly production: Users;
  readonly development: Users;
}

/** The record of this repository. */
export function readDependencyRecord(): DependencyRecord {
  return JSON.parse(
    readFileSync(new URL('../dependencies.json', import.meta.url), 'utf8'),
  ) as DependencyRecord;
}

/** The catalog of `pnpm-workspace.yaml`: every version, by name. */
export function readCatalog(): Readonly<Record<string, string>> {
  const text = readFileSync(join(root, 'pnpm-workspace.yaml'), 'utf8');
  return (parse(text) as { catalog: Record<string, string> }).catalog;
}

/** Who uses what; packages of the workspace do not count. */
export function dependencyUse(packages: readonly WorkspacePackage[]): DependencyUse {
  const production = new Map<string, string[]>();
  const development = new Map<string, string[]>();
  const ours = new Set(packages.map(({ manifest }) => manifest.name));
  for (const { folder, manifest } of packages) {
    const shipped = {
      ...manifest.peerDependencies,
      ...manifest.dependencies,
      ...manifest.optionalDependencies,
    };
    const add = (to: Map<string, string[]>, names: readonly string[]): void => {
      for (const name of names) if (!ours.has(name)) to.set(name, [...(to.get(name) ?? []), folder]);
    };
    add(manifest.private === true ? development : production, Object.keys(shipped));
    add(development, Object.keys(manifest.devDependencies ?? {}));
  }
  for (const name of production.keys()) development.delete(name);
  return { production, development };
}

const monthsWithoutRelease = 18;

/** Sentences about dependencies without a reason, reasons without a dependency, and versions that nothing uses. */
export function recordProblems(
  use: DependencyUse,
  record: DependencyRecord,
  catalog: Readonly<Record<string, string>>,
): string[] {
  const place = 'tools/package-checks/dependencies.json';
  const reasons = { production: record.production, development: record.development };
  const problems = (['production', 'development'] as const).flatMap((kind) => [
    ...[...use[kind]]
      .filter(([name]) => !Object.hasOwn(reasons[kind], name))
      .map(
        ([name, users]) =>
          `${name}, a ${kind} dependency of ${users.join(', ')}, has no reason: give one under "${kind}" in ${place}`,
      ),
    ...Object.keys(reasons[kind])
      .filter((name) => !use[kind].has(name))
      .map((name) => `${name} is no ${kind} dependency any more: take it out of "${kind}" in ${place}`),
  ]);
  const unused = Object.keys(catalog)
    .filter((name) => !use.production.has(name) && !use.development.has(name))
    .map((name) => `${name} is in the catalog and no package uses it: take it out of pnpm-workspace.yaml`);
  const limit = new Date(record.checkedOn);
  limit.setUTCMonth(limit.getUTCMonth() - monthsWithoutRelease);
  const old = Object.entries(record.production)
    .filter(([, { released, kept }]) => new Date(released) < limit && kept === undefined)
    .map(
      ([name, { released }]) =>
        `${name} had its last release on ${released}, more than ${monthsWithoutRelease} months before ${record.checkedOn}: replace it, or say ` +
        `under "kept" in ${place} why it stays`,
    );
  return [...problems, ...unused, ...old];
}

/** The licence of a package: what it says itself, or what the record says of packages for other platforms. */
export function licenceOf({ name, licence }: LockedPackage, record: DependencyRecord): string | undefined {
  return record.platforms.find(({ packages }) => name.startsWith(packages))?.licence ?? licence;
}

/** Sentences about licences outside the allow-list, and about packages that the registry advises against. */
export function closureProblems(closure: readonly LockedPackage[], record: DependencyRecord): string[] {
  return closure.flatMap((one) => {
    const label = `${one.name} ${one.version}`;
    const problems: string[] = [];
    const licence = licenceOf(one, record);
    const exceptions = record.exceptions
      .filter(({ packages }) => one.name.startsWith(packages))
      .map((exception) => exception.licence);
    const allowed = [...record.allowedLicences, ...exceptions];
    if (licence === undefined) {
      problems.push(
        `${label} is not installed here and has no licence under "platforms": look it up and add it`,
      );
    } else if (!isAllowed(licence, allowed)) {
      problems.push(
        `${label} has the licence ${licence}, which is not among the allowed ones: do without it`,
      );
    }
    if (one.licence !== undefined && licence !== one.licence) {
      problems.push(
        `${label} says ${one.licence}, and "platforms" says ${String(licence)}: correct the record`,
      );
    }
    if (one.deprecated !== undefined) problems.push(`${label} is deprecated: ${one.deprecated}`);
    return problems;
  });
}

function isAllowed(licence: string, allowed: readonly string[]): boolean {
  try {
    return satisfies(licence, [...allowed]);
  } catch {
    // Such as UNLICENSED or SEE LICENSE IN LICENSE.
    return false;
  }
}

/** Sentences about published packages that would run something on a user's machine when they are installed. */
export function installScriptProblems(packages: readonly WorkspacePackage[]): string[] {
  return packages.flatMap(({ folder, manifest }) =>
    ['preinstall', 'install', 'postinstall']
      .filter((script) => manifest.scripts?.[script] !== undefined)
      .map(
        (script) =>
          `${folder} has the script ${script}: nothing of ours may run at installation; make it a command instead`,
      ),
  );
}
