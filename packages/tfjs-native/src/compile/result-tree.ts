import type { Tensor } from '@tensorflow/tfjs';
import { isTensor, kindOf, walkTree, type Rebuild } from './tensor-tree.js';

/** What a step returned, taken apart. */
export interface ResultTree {
  readonly tensors: readonly Tensor[];
  /** The same for results of one structure. */
  readonly key: string;
  /** The result again, with other tensors in place. */
  readonly rebuild: Rebuild;
}

/**
 * Takes a result apart: tensors in arrays and plain objects, with null and undefined between them.
 *
 * @throws TypeError for anything else, and for no tensor at all
 */
export function flattenResult(result: unknown): ResultTree {
  const tensors: Tensor[] = [];
  const keys: string[] = [];
  const rebuild = walkTree(result, 'result', keys, (value, name, key) => {
    if (isTensor(value)) {
      if (value.isDisposed) throw new Error(`The step returns a tensor that it has disposed (${name}).`);
      key.push('tensor');
      const index = tensors.push(value) - 1;
      return (replaced) => replaced[index];
    }
    if (value === null || value === undefined) {
      key.push(String(value));
      return () => value;
    }
    throw new TypeError(
      `The step returns ${kindOf(value)} (${name}), which a graph cannot give anew in every call: ` +
        'return the tensor, and read it outside of the step.',
    );
  });
  if (tensors.length === 0) {
    throw new TypeError('The step returns no tensor: return at least a scalar, such as the loss.');
  }
  return { tensors, key: keys.join(' '), rebuild };
}
