import { engine, env, type Variable } from '@tensorflow/tfjs';
import { isTensor } from './tensor-tree.js';
import { isUnchanged, watchReads, type ReadProperty } from './watched-reads.js';
import { watchUse } from './watch-use.js';

/** What a recorded step found in JavaScript objects, and took for granted. */
export interface TracedState {
  readonly reads: readonly ReadProperty[];
  readonly variables: readonly Variable[];
  readonly trainable: readonly boolean[];
}

/** Watches what a step finds until it is stopped. */
export interface StateWatcher {
  stop(): TracedState;
}

/**
 * Watches the flags of tf.env, which variables are trainable, and the properties of `roots` and of all layers and
 * optimizers that are used; these become `roots` for the next recording, which so hears of what comes before their use.
 * The tensor in which one of `rateOptimizers` keeps its learning rate is an input of the graph and may change.
 */
export function watchState(roots: Set<object>, rateOptimizers: readonly object[]): StateWatcher {
  const reads = watchReads();
  const flags = env().getFlags();
  reads.watch(flags);
  for (const root of roots) reads.watch(root);
  const stopUse = watchUse((used) => {
    roots.add(used);
    reads.watch(used);
  });
  const variables = Object.values(engine().registeredVariables);
  const trainable = variables.map((variable) => variable.trainable);
  return {
    stop() {
      stopUse();
      const isInput = ({ object, key }: ReadProperty): boolean =>
        key === 'c' && rateOptimizers.includes(object);
      return {
        reads: [
          { object: env(), key: 'flags', value: flags },
          ...reads.stop().filter((read) => !isInput(read)),
        ],
        variables,
        trainable,
      };
    },
  };
}

/** Whether a step would find the same again. */
export function isSameState({ reads, variables, trainable }: TracedState): boolean {
  return (
    variables.every((variable, index) => variable.trainable === trainable[index]) && reads.every(isUnchanged)
  );
}

/** Whether a state has gone for good, as far as one can tell: its numbers, such as learning rates, and tensors are others. */
export function isPastState({ reads }: TracedState): boolean {
  return reads.some((read) => (typeof read.value === 'number' || isTensor(read.value)) && !isUnchanged(read));
}
