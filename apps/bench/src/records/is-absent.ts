import { errorCode } from './error-code.js';

/** Whether a file could not be read because it is not there. */
export function isAbsent(error: unknown): boolean {
  const cause = (error as { readonly cause?: unknown } | null | undefined)?.cause;
  return [error, cause].some((each) => ['ENOENT', 'ENOTDIR'].includes(errorCode(each) ?? ''));
}
