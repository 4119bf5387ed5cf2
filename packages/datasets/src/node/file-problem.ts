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

const fileCalls = [
  'access',
  'open',
  'read',
  'write',
  'fsync',
  'close',
  'stat',
  'mkdir',
  'mkdtemp',
  'rename',
  'scandir',
];

/** Whether an error is of the file system, not of the network. */
export function isFileProblem(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'syscall' in error && fileCalls.includes(String(error.syscall));
}

/** What a code of a file system's error means, in words, if it is known. */
export function fileErrorReason(code: string | undefined): string | undefined {
  return code === undefined ? undefined : reasons[code];
}

/** Why something failed, in words. */
export function problemReason(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  if (!isFileProblem(error) || error.code === undefined) return message;
  const reason = reasons[error.code];
  return reason === undefined ? message : `${reason} (${error.code})`;
}
