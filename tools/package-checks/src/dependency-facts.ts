import { dependencyUse, readCatalog, readDependencyRecord } from './dependencies.js';
import type { DocumentFacts } from './dependency-document.js';
import { lockedPackages, productionClosure, readLockfile } from './lockfile.js';
import type { WorkspacePackage } from './published-packages.js';

/** Reads what this repository depends on: manifests, catalog, lock file, the installed tree and the record of reasons. */
export function readDependencyFacts(packages: readonly WorkspacePackage[]): DocumentFacts {
  const lockfile = readLockfile();
  const catalog = readCatalog();
  const published = packages.filter(({ manifest }) => manifest.private !== true).map(({ folder }) => folder);
  const direct = Object.entries(catalog).map(([name, version]) => `${name}@${version}`);
  // The lock file's keys name peers too: those of a version are the same package.
  const keys = Object.keys(lockfile.snapshots).filter((key) => direct.includes(key.replace(/\(.*/s, '')));
  return {
    use: dependencyUse(packages),
    record: readDependencyRecord(),
    catalog,
    closure: lockedPackages(lockfile, productionClosure(lockfile, published)),
    licences: new Map(lockedPackages(lockfile, keys).map(({ name, licence }) => [name, licence])),
  };
}
