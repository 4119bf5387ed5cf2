import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { UserError } from '../user-error.js';
import { claimSchema, type Claim } from './claim-schema.js';

/** Where the claims that come with the bench are. */
export const claimsFolder = fileURLToPath(new URL('../../claims/', import.meta.url));

/**
 * Reads claims, in the order in which they are told.
 *
 * @param path - One JSON file, or a folder of such.
 * @throws UserError that names the file and the key at fault.
 */
export function readClaims(path: string): Claim[] {
  const files = listFiles(path);
  if (files.length === 0) throw new UserError(`${path} holds no claims: a claim is a JSON file.`);
  const claims = files.map(readClaim);
  for (const [index, { name }] of claims.entries())
    if (claims.findIndex((other) => other.name === name) < index)
      throw new UserError(
        `${relative('.', files[index]!)} has the name of another claim, ${name}; change it.`,
      );
  return claims.sort((left, right) => left.order - right.order || (left.name < right.name ? -1 : 1));
}

function listFiles(path: string): string[] {
  try {
    if (statSync(path).isFile()) return [path];
    return readdirSync(path)
      .filter((name) => name.endsWith('.json'))
      .sort()
      .map((name) => join(path, name));
  } catch (cause) {
    throw new UserError(`Cannot read ${path}; give a JSON file of a claim, or a folder of such.`, { cause });
  }
}

function readClaim(path: string): Claim {
  const place = relative('.', path);
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(path, 'utf8'));
  } catch (cause) {
    throw new UserError(`${place} is not valid JSON: ${(cause as Error).message}.`, { cause });
  }
  const parsed = claimSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new UserError(`${place} is not a claim: ${z.prettifyError(parsed.error).replaceAll(/\s+/g, ' ')}.`);
}
