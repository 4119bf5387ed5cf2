import { type Dirent, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Makes what finds the files that a table names. It asks the file system, whatever a file's ending, depth or hidden folder, and also takes names in another Unicode form, as a
 * Mac writes them. Each folder is listed once.
 *
 * @param root - What paths are relative to.
 * @returns Gives the path as the file system has it; undefined where no such file is.
 */
export function imageFinder(root: string): (path: string) => string | undefined {
  const listed = new Map<string, ReadonlyMap<string, Dirent>>();
  const entriesOf = (folder: string): ReadonlyMap<string, Dirent> => {
    let entries = listed.get(folder);
    if (!entries) {
      entries = entriesByName(join(root, folder));
      listed.set(folder, entries);
    }
    return entries;
  };
  return (path) => {
    let found = '';
    let last: Dirent | undefined;
    for (const step of path.split('/').filter((name) => name !== '' && name !== '.')) {
      const entries = entriesOf(found);
      last = entries.get(step) ?? entries.get(step.normalize());
      found += `${found === '' ? '' : '/'}${last?.name ?? step}`;
    }
    return last?.isFile() || isFile(join(root, found)) ? found : undefined;
  };
}

function entriesByName(folder: string): ReadonlyMap<string, Dirent> {
  const entries = new Map<string, Dirent>();
  try {
    const list = readdirSync(folder, { withFileTypes: true });
    for (const entry of list) entries.set(entry.name.normalize(), entry);
    // What is written as it is named comes before what differs in form.
    for (const entry of list) entries.set(entry.name, entry);
  } catch {
    // A folder that cannot be listed may still have the file.
  }
  return entries;
}

function isFile(path: string): boolean {
  try {
    return !statSync(path).isDirectory();
  } catch (error) {
    // It is there, and decoding it says why it cannot be read.
    return (error as NodeJS.ErrnoException).code === 'EACCES';
  }
}
