import type { Tensor } from '@tensorflow/tfjs';
import { isTensor, kindOf, walkTree, type Rebuild } from './tensor-tree.js';

/** What changes from call to call without a new recording. */
export type Feed = Tensor | number;

/** The arguments of one call, taken apart. */
export interface ArgumentTree {
  readonly feeds: readonly Feed[];
  /** Where each feed is, for messages: `argument 2` or `argument 1.labels`. */
  readonly names: readonly string[];
  /** The same for all calls that one graph can serve: shapes, dtypes, and everything that is no feed. */
  readonly key: string;
  /** The arguments again, with other feeds in place. */
  readonly rebuild: (feeds: readonly Tensor[]) => unknown[];
}

/**
 * Takes arguments apart: tensors and numbers are feeds; strings, booleans, null and undefined belong to the key; plain
 * objects and arrays may hold all of these.
 *
 * @throws TypeError for anything else, Error for a tensor that was disposed
 */
export function flattenArguments(values: readonly unknown[]): ArgumentTree {
  const feeds: Feed[] = [];
  const names: string[] = [];
  const keys: string[] = [];
  const visitLeaf = (value: unknown, name: string, key: string[]): Rebuild => {
    if (isTensor(value) || typeof value === 'number') {
      key.push(typeof value === 'number' ? 'number' : `${value.dtype}[${value.shape.join()}]`);
      if (typeof value !== 'number') checkTensor(value, name);
      names.push(name);
      const index = feeds.push(value) - 1;
      return (tensors) => tensors[index];
    }
    if (value === null || value === undefined || typeof value === 'string' || typeof value === 'boolean') {
      key.push(typeof value === 'string' ? JSON.stringify(value) : String(value));
      return () => value;
    }
    throw new TypeError(
      `${name} of the compiled step is ${kindOf(value)}; it can be a tensor, a number, a string, a boolean, or an ` +
        'array or plain object of these. ' +
        (ArrayBuffer.isView(value)
          ? 'tf.tensor(values, shape) makes it a tensor that shares its memory.'
          : 'Everything else belongs in the step itself.'),
    );
  };
  const rebuilders = values.map((value, index) => walkTree(value, `argument ${index + 1}`, keys, visitLeaf));
  return {
    feeds,
    names,
    key: keys.join(' '),
    rebuild: (tensors) => rebuilders.map((rebuild) => rebuild(tensors)),
  };
}

function checkTensor(tensor: Tensor, name: string): void {
  if (tensor.isDisposed) throw new Error(`${name} of the compiled step is a tensor that was disposed.`);
  if (!['float32', 'int32', 'bool'].includes(tensor.dtype)) {
    throw new TypeError(
      `${name} of the compiled step is a ${tensor.dtype} tensor; it can be float32, int32 or bool.`,
    );
  }
}
