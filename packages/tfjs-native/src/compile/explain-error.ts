import { backendName } from '../engine/backend-name.js';
import type { ArgumentTree } from './argument-tree.js';
import { frames, userPlace } from './call-place.js';
import { isError } from './is-error.js';
import { RecordingError } from './recording-error.js';

/**
 * Says in the step's own terms what tfjs says in its own: of `tf.scalar(learningRate)`, and of a missing kernel. `callStep`
 * is the name of the function that calls the step.
 */
export function explainError(error: unknown, { feeds, names }: ArgumentTree, callStep: string): unknown {
  if (!isError(error)) return error;
  const about = { stack: frames(error).join('\n'), place: userPlace(error, callStep) };
  const kernel = /^Kernel '(.+)' not registered for backend/.exec(error.message)?.[1];
  if (kernel !== undefined) {
    return new RecordingError(
      `The step uses ${kernel}, which the backend ${backendName} has no kernel for: compute it in other operations, or ` +
        'outside of the step on another backend.',
      { ...about, operation: kernel },
    );
  }
  const numbers = names.filter((_, index) => typeof feeds[index] === 'number');
  if (numbers.length === 0) return error;
  if (!error.message.startsWith('values passed to tensor(values) must be a number')) return error;
  return new RecordingError(
    `The step makes a tensor of ${numbers.join(' or ')}. A number among the arguments comes as a scalar tensor, so ` +
      'that it can change without a new recording: use it as it is.',
    about,
  );
}
