import { createHash } from 'node:crypto';

/** The SHA-256 sum of bytes in hexadecimal; about .7 s a gigabyte. */
export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
