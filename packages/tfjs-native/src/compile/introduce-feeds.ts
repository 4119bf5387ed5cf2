import type { Tensor } from '@tensorflow/tfjs';
import type { ArgumentTree } from './argument-tree.js';
import type { BackendInternals } from './backend-internals.js';
import { aliasOf, nativeId } from './engine-internals.js';
import { markNumber } from './mark-number.js';
import type { Recorder } from './recorder.js';
import type { FeedCheck } from './recording.js';

/**
 * What a recorded step is given: tensors of their own, so that a feed is never mistaken for anything else. `checks` gets
 * the checks that the step makes of numbers.
 */
export function introduceFeeds(
  backend: BackendInternals,
  recorder: Recorder,
  { feeds, names }: ArgumentTree,
  checks: FeedCheck[],
): Tensor[] {
  return feeds.map((feed, index) => {
    const metadata =
      typeof feed === 'number'
        ? {
            id: backend.binding.createTensor([], backend.binding.TF_FLOAT, Float32Array.of(feed)),
            shape: [],
            dtype: backend.binding.TF_FLOAT,
          }
        : aliasOf(backend, nativeId(backend, feed));
    const tensor = backend.createOutputTensor(metadata);
    if (typeof feed === 'number') {
      markNumber(tensor, feed, {
        onPrimitive(caller) {
          recorder.refusals.refuseHere(
            `The step computes with ${names[index]!} in JavaScript. A number among the arguments comes as a scalar ` +
              'tensor, so that it can change without a new recording: compute with it through tf.mul and the like.',
            caller,
          );
        },
        onCheck: (check) => checks.push({ feed: index, check }),
      });
    }
    recorder.introduce(tensor, { kind: 'feed', feed: index });
    return tensor;
  });
}
