import {
  closeSync,
  constants,
  fstatSync,
  openSync,
  readSync,
  realpathSync,
  statSync,
  type Stats,
} from 'node:fs';
import { isAbsolute, relative } from 'node:path';
import { UserError } from './user-error.js';
import { errorCode } from './error-code.js';
import { messageOf } from './message-of.js';
import { mostJsonBytes } from './parse-json.js';

/** The largest file of weights that is read; memory holds it whole. */
export const mostWeightBytes = 4 * 2 ** 30;

/** How much is read, and from where. */
export interface ReadFileOptions {
  /** The largest file, in bytes; default 64 MiB. */
  readonly mostBytes?: number;
  /** A folder that the file must really be in: links that lead out of it are refused. */
  readonly within?: string;
  /** How errors call the file; default its path. */
  readonly place?: string;
  /** What to do, as a sentence that follows the error. */
  readonly advice?: string;
  /** Of the error; default 2. */
  readonly exitCode?: 1 | 2;
}

/**
 * Reads a whole regular file. Pipes, devices, sockets and folders are refused by name and never waited for.
 *
 * @throws UserError when it cannot be read; `isAbsent` says whether because it is not there.
 */
export function readRegularFile(
  path: string,
  { mostBytes = mostJsonBytes, within, place = path, advice, exitCode }: ReadFileOptions = {},
): Buffer {
  const failure = (sentence: string, cause?: unknown): UserError =>
    new UserError(`${sentence}.${advice === undefined ? '' : ` ${advice}`}`, {
      ...(exitCode && { exitCode }),
      cause,
    });
  const refuse = (what: string): UserError => failure(`${place} ${what}`);
  let file: number | undefined;
  try {
    const real = within === undefined ? path : realpathSync(path);
    if (within !== undefined && !isWithin(real, realpathSync(within)))
      throw refuse(`is a link that leads out of ${within}`);
    // Merely opening a device can do something, so its kind is asked for first, and again of what was opened.
    const kind = kindOf(statSync(real));
    if (kind !== undefined) throw refuse(`is ${kind}, not a file`);
    // On Windows, which has no such files, these flags are undefined: no bits.
    file = openSync(
      real,
      constants.O_RDONLY | constants.O_NONBLOCK | (within === undefined ? 0 : constants.O_NOFOLLOW),
    );
    const found = fstatSync(file);
    const openedKind = kindOf(found);
    if (openedKind !== undefined) throw refuse(`is ${openedKind}, not a file`);
    if (found.size > mostBytes) throw refuse(`has ${found.size} bytes; at most ${mostBytes} are read`);
    const bytes = readToEnd(file, found.size, mostBytes);
    if (bytes === undefined) throw refuse(`has more than ${mostBytes} bytes`);
    return bytes;
  } catch (error) {
    throw error instanceof UserError
      ? error
      : failure(`Cannot read ${place}: ${explainReadError(error)}`, error);
  } finally {
    if (file !== undefined) closeSync(file);
  }
}

function kindOf(found: Stats): string | undefined {
  if (found.isFile()) return undefined;
  if (found.isDirectory()) return 'a folder';
  if (found.isFIFO()) return 'a named pipe';
  if (found.isSocket()) return 'a socket';
  return 'a device';
}

/** One read of the system takes no more than 2 GiB. */
const mostBytesAtOnce = 2 ** 30;

/** Its size may have changed since it was asked for, and files of `/proc` have none. */
function readToEnd(file: number, size: number, mostBytes: number): Buffer | undefined {
  let bytes = Buffer.allocUnsafe(size + 65_536);
  let total = 0;
  for (;;) {
    const count = readSync(file, bytes, total, Math.min(mostBytesAtOnce, bytes.length - total), null);
    total += count;
    if (total > mostBytes) return undefined;
    if (count === 0) return bytes.subarray(0, total);
    if (total === bytes.length) bytes = Buffer.concat([bytes], 2 * total);
  }
}

/** Whether a path is a folder or below it; both absolute and without links. */
export function isWithin(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way !== '..' && !/^\.\.[/\\]/.test(way) && !isAbsolute(way);
}

/** Why the file system did not give a file or folder, in a few words. */
export function explainReadError(error: unknown): string {
  switch (errorCode(error) ?? '') {
    case 'ENOENT':
      return 'it does not exist';
    case 'ENOTDIR':
      return 'a part of its path is no folder';
    case 'EACCES':
    case 'EPERM':
      return 'you may not read it';
    case 'ELOOP':
      return 'it is a link to itself';
    default:
      return messageOf(error);
  }
}
