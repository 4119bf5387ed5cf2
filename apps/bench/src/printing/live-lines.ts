import { createLogUpdate } from 'log-update';
import { unguarded } from './guard-output.js';

/**
 * Lines of a terminal that change. The text may be colored by `terminalColors`; everything in it that is not the bench's own must have gone
 * through `printableLine`.
 */
export function createLiveLines(stream: NodeJS.WriteStream): ReturnType<typeof createLogUpdate> {
  return createLogUpdate(unguarded(stream));
}
