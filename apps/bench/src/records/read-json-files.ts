import { readdirSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { z } from 'zod';
import { readJsonFile } from './read-json-file.js';
import { UserError } from './user-error.js';

/**
 * Reads things that are one JSON file each, in the order in which they are told.
 *
 * @param path - One JSON file, or a folder of such.
 * @param what - What each is, for errors: `claim`.
 * @throws UserError that names the file and the key at fault, or two files of one name.
 */
export function readJsonFiles<T extends { readonly name: string; readonly order: number }>(
  path: string,
  schema: z.ZodType<T>,
  what: string,
): T[] {
  const files = listFiles(path, what);
  if (files.length === 0) throw new UserError(`${path} holds no ${what}s: a ${what} is a JSON file.`);
  const items = files.map((file) =>
    readJsonFile(file, schema, { place: relative('.', file), what: `a ${what}` }),
  );
  for (const [index, { name }] of items.entries())
    if (items.findIndex((other) => other.name === name) < index)
      throw new UserError(
        `${relative('.', files[index]!)} has the name of another ${what}, ${name}; change it.`,
      );
  return items.sort((left, right) => left.order - right.order || (left.name < right.name ? -1 : 1));
}

function listFiles(path: string, what: string): string[] {
  try {
    if (!statSync(path).isDirectory()) return [path];
    return readdirSync(path)
      .filter((name) => name.endsWith('.json'))
      .sort()
      .map((name) => join(path, name));
  } catch (cause) {
    throw new UserError(`Cannot read ${path}; give a JSON file of a ${what}, or a folder of such.`, {
      cause,
    });
  }
}
