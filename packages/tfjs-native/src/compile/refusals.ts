import { frames, notePlace, userPlace, type CallPlace } from './call-place.js';
import { RecordingError } from './recording-error.js';

/** What an error is about. */
export interface About {
  readonly operation?: string | undefined;
  readonly place?: CallPlace | undefined;
}

/** Reasons why a step cannot run as a graph. */
export interface Refusals {
  /** The first one found. */
  readonly first: RecordingError | undefined;
  /** Notes a reason; the step goes on, so that the call is a whole one. */
  readonly refuse: (message: string, about?: About) => void;
  /** The same, with the place in the step that called `caller`. */
  refuseHere(message: string, caller: () => unknown): void;
  /** An error about the step. */
  error(message: string, about?: About): RecordingError;
}

/** None yet; `callStep` is the name of the function that calls the user's step. */
export function createRefusals(callStep: string): Refusals {
  let first: RecordingError | undefined;
  const error: Refusals['error'] = (message, { operation, place } = {}) =>
    new RecordingError(message, {
      operation,
      ...(place && { place: userPlace(place, callStep), stack: frames(place).join('\n') }),
    });
  const refuse: Refusals['refuse'] = (message, about) => {
    first ??= error(message, about);
  };
  return {
    get first() {
      return first;
    },
    error,
    refuse,
    refuseHere(message, caller) {
      refuse(message, { place: notePlace(caller) });
    },
  };
}
