const reasons: Readonly<Record<string, string>> = {
  EACCES: 'permission is denied',
  EPERM: 'permission is denied',
  EROFS: 'the file system is read-only',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  ENOENT: 'it does not exist',
  ENOTDIR: 'a part of its path is a file, not a folder',
  EEXIST: 'there is a file of that name',
  EISDIR: 'it is a folder, not a file',
  ELOOP: 'its links lead round in a circle',
  EMFILE: 'too many files are open',
};

const fileCalls = ['open', 'read', 'write', 'fsync', 'close', 'stat', 'fstat', 'mkdir', 'rename', 'scandir'];

/** Whether an error is of the file system, not of the network or of the data. */
export function isFileProblem(error: unknown): error is NodeJS.ErrnoException {
  // Node's errors may be of another realm than this module, in jest for one.
  return fileCalls.includes(String((error as NodeJS.ErrnoException | undefined)?.syscall));
}

/** Why something failed, in words. */
export function problemReason(error: unknown): string {
  const { message } = (error ?? {}) as { readonly message?: unknown };
  const said = typeof message === 'string' ? message : String(error);
  if (!isFileProblem(error) || error.code === undefined) return said;
  const reason = reasons[error.code];
  return reason === undefined ? said : `${reason} (${error.code})`;
}
