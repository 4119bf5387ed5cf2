/** Whether a file could not be read because it is not there. */
export function isAbsent(error: unknown): boolean {
  for (const { code } of [error, (error as { readonly cause?: unknown } | null)?.cause].map(
    (each) => (each ?? {}) as { readonly code?: unknown },
  ))
    if (code === 'ENOENT' || code === 'ENOTDIR') return true;
  return false;
}
