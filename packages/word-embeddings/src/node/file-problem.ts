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
};

const fileCalls = ['open', 'read', 'write', 'fsync', 'close', 'stat', 'fstat', 'mkdir', 'rename', 'scandir'];

/** Whether an error is of the file system, not of the network or of the data. */
export function isFileProblem(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'syscall' in error && fileCalls.includes(String(error.syscall));
}

/** Why something failed, in words. */
export function problemReason(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  if (!isFileProblem(error) || error.code === undefined) return message;
  const reason = reasons[error.code];
  return reason === undefined ? message : `${reason} (${error.code})`;
}
