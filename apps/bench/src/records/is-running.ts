import { errorCode } from './error-code.js';

/** Whether a process of this number runs on this machine. */
export function isRunning(processNumber: number): boolean {
  try {
    process.kill(processNumber, 0);
    return true;
  } catch (error) {
    // It runs, and belongs to somebody else.
    return errorCode(error) === 'EPERM';
  }
}
