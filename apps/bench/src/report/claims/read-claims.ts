import { fileURLToPath } from 'node:url';
import { readJsonFiles } from '../../records/read-json-files.js';
import { claimSchema, type Claim } from './claim-schema.js';

/** Where the claims that come with the bench are. */
export const claimsFolder = fileURLToPath(new URL('../../../claims/', import.meta.url));

/** Reads claims, in the order in which they are told: one JSON file, or a folder of such. */
export function readClaims(path: string): Claim[] {
  return readJsonFiles(path, claimSchema, 'claim');
}
