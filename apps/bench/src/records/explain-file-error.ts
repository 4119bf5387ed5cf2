import { errorCode } from './error-code.js';
import { UserError } from './user-error.js';

const explanations: Record<string, string> = {
  ENOSPC: 'the disk is full. Free some space, or choose another folder with --out',
  EDQUOT: 'your disk quota is used up. Free some space, or choose another folder with --out',
  EACCES: 'you may not write there. Choose another folder with --out',
  EPERM: 'you may not write there. Choose another folder with --out',
  EROFS: 'the file system is read-only. Choose another folder with --out',
  ENOTDIR: 'a file stands where a folder is needed. Choose another folder with --out',
  EEXIST: 'a file stands where a folder is needed. Choose another folder with --out',
  EISDIR: 'a folder stands where a file is needed. Choose another folder with --out',
  EIO: 'its disk has failed or is gone. Choose another folder with --out',
  EMFILE: 'this process has too many files open. Raise the limit with ulimit -n',
  ENFILE: 'the system has too many files open. Close other programs',
  ENAMETOOLONG: 'the name is too long. Choose another folder with --out',
  ELOOP: 'it is a link to itself. Choose another folder with --out',
  ENOENT: 'it is gone. Was its folder deleted meanwhile? Choose another folder with --out',
};

/** Turns a failure of the file system while writing `path` into one sentence; any other error passes unchanged. */
export function explainFileError(error: unknown, path: string): unknown {
  const explanation = explanations[errorCode(error) ?? ''];
  if (explanation === undefined) return error;
  return new UserError(`Cannot write ${path}: ${explanation}.`, { exitCode: 1, cause: error });
}
