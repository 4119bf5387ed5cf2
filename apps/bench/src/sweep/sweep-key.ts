import { createHmac, createSecretKey, type KeyObject, timingSafeEqual } from 'node:crypto';
import { readRegularFile } from '../records/read-regular-file.js';
import { UserError } from '../records/user-error.js';

/** The environment variable that may hold the key that sweep and workers share. */
export const keyVariable = 'HYPERSPHERICAL_SWEEP_KEY';

const fewestBytes = 16;
const mostBytes = 4096;

/** Signs what goes through Redis, and checks what comes from there. */
export interface SweepKey {
  /**
   * HMAC-SHA256 of a text, as 64 hexadecimal digits.
   *
   * @param purpose - What the text is, and for which sweep and run: it is good for nothing else.
   */
  sign(purpose: readonly string[], text: string): string;
  /** Whether a signature is that of this text for this purpose; the time it takes says nothing about the right one. */
  verify(purpose: readonly string[], text: string, signature: unknown): boolean;
}

/**
 * The key that sweep and workers share: of a file, else of the environment, which child processes then no longer see.
 *
 * @returns undefined where neither is given.
 * @throws UserError when the key is too short or its file cannot be read; the message never shows it.
 */
export function readSweepKey(
  file: string | undefined,
  environment: Record<string, string | undefined> = process.env,
): SweepKey | undefined {
  const inherited = environment[keyVariable];
  // Runs need no key, and a program that lists its environment must not show it.
  delete environment.HYPERSPHERICAL_SWEEP_KEY;
  if (file === undefined && inherited === undefined) return undefined;
  const place = file === undefined ? keyVariable : `--key-file ${file}`;
  const text =
    file === undefined
      ? (inherited ?? '')
      : readRegularFile(file, { mostBytes, advice: 'Give the file of a key with --key-file.' }).toString(
          'utf8',
        );
  const bytes = Buffer.from(text.trim());
  if (bytes.length < fewestBytes) {
    throw new UserError(
      `${place} holds a key of ${bytes.length} bytes; give one of at least ${fewestBytes}, such as that of: openssl rand -hex 32.`,
    );
  }
  return createSweepKey(createSecretKey(bytes));
}

/** A key for `HMAC-SHA256`. */
export function createSweepKey(key: KeyObject): SweepKey {
  const digest = (purpose: readonly string[], text: string): Buffer =>
    createHmac('sha256', key)
      .update(`${JSON.stringify(['hyperspherical', ...purpose])}\n`)
      .update(text)
      .digest();
  return {
    sign: (purpose, text) => digest(purpose, text).toString('hex'),
    verify: (purpose, text, signature) =>
      typeof signature === 'string' &&
      /^[\da-f]{64}$/.test(signature) &&
      timingSafeEqual(digest(purpose, text), Buffer.from(signature, 'hex')),
  };
}
