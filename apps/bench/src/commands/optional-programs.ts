import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** A program that some commands can make use of. */
export interface OptionalProgram {
  readonly name: string;
  /** Where it is; null where it is not. */
  readonly path: string | null;
  /** What for, and what to type where it is missing. */
  readonly detail: string;
}

const known = [
  {
    name: 'redis-server',
    purpose: 'for bench sweep --redis and bench work',
    advice: 'Type: apt-get install redis-server, or give the address of one elsewhere.',
  },
  {
    name: 'tensorboard',
    purpose: 'shows what bench run --tensorboard writes',
    advice: 'Type: python3 -m pip install tensorboard. bench watch needs nothing.',
  },
];

/** Looks along PATH for the programs that nothing needs and something can use. */
export function optionalPrograms(
  environment: Readonly<Record<string, string | undefined>>,
): OptionalProgram[] {
  return known.map(({ name, purpose, advice }) => {
    const path = findProgram(name, environment.PATH ?? '');
    return { name, path, detail: path === null ? `${purpose}. ${advice}` : `${path}; ${purpose}` };
  });
}

function findProgram(name: string, searched: string): string | null {
  for (const folder of searched.split(delimiter)) {
    const path = join(folder, name);
    try {
      accessSync(path, constants.X_OK);
      return path;
    } catch {
      // Not in this folder.
    }
  }
  return null;
}
