import { scalar, type Tensor } from '@tensorflow/tfjs';
import type { ArgumentTree } from './argument-tree.js';
import { isThenable } from './is-thenable.js';
import { markNumber } from './mark-number.js';
import { tensorsIn } from './tensor-tree.js';

/** Calls a step without recording: numbers arrive as scalars nevertheless, and those that it does not return are freed. */
export function callPlain<Result>(
  step: (...values: unknown[]) => Result,
  { feeds, rebuild }: ArgumentTree,
): Result {
  const scalars = new Set<Tensor>();
  const given = feeds.map((feed) => {
    if (typeof feed !== 'number') return feed;
    const tensor = scalar(feed);
    markNumber(tensor, feed);
    scalars.add(tensor);
    return tensor;
  });
  const free = (): void => {
    for (const tensor of scalars) tensor.dispose();
  };
  let result: Result;
  try {
    result = step(...rebuild(given));
  } catch (error) {
    free();
    throw error;
  }
  for (const tensor of tensorsIn(result)) scalars.delete(tensor);
  if (isThenable(result)) result.then(free, free);
  else free();
  return result;
}
