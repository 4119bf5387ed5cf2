/** What the system calls an error, such as `ENOENT`; undefined for others. Errors of another realm have theirs, too. */
export function errorCode(error: unknown): string | undefined {
  const code = (error as { readonly code?: unknown } | null | undefined)?.code;
  return typeof code === 'string' ? code : undefined;
}
