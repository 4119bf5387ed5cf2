import { checkLabels } from '@hyperspherical/losses';
import type { Bounds } from './bounds.js';
import type { AnyHead } from './head-from-json.js';

/** Targets on the host: labels, values (row-major for several targets), or both for a joint head. */
export type HostTargets =
  ArrayLike<number> | { readonly labels: ArrayLike<number>; readonly values: ArrayLike<number> };

/** How `checkTargets` takes values beyond a regressor's bounds. */
export interface CheckTargetsOptions {
  /** Default false: they are told once to `onWarning`. True: they are an error. */
  readonly strict?: boolean;
  /** Gets one sentence with the first value beyond the bounds and how many there are. Default: nothing is told. */
  readonly onWarning?: (message: string) => void;
}

/**
 * Checks the values of targets, which no loss reads: call it once for a data set, before training.
 *
 * @throws {RangeError} (as a rejection) naming the first target that is out of range, and its position
 * @example
 * await checkTargets(head, dataset.labels);
 */
export async function checkTargets(
  head: AnyHead,
  targets: HostTargets,
  options: CheckTargetsOptions = {},
): Promise<void> {
  const configuration = head.toJSON();
  if ('labels' in targets !== (configuration.kind === 'joint')) {
    throw new TypeError(
      configuration.kind === 'joint'
        ? 'targets of a joint head must be { labels, values }'
        : `targets of a ${configuration.kind} must be an array of numbers`,
    );
  }
  const { labels, values } = 'labels' in targets ? targets : { labels: targets, values: targets };
  switch (configuration.kind) {
    case 'joint':
      await checkLabels(labels, configuration.prototypes.classes, ignored(configuration));
      checkValues(values, [configuration.bounds], options);
      return;
    case 'prototype-regressor':
      checkValues(values, [configuration.bounds].flat(), options);
      return;
    case 'linear-regressor':
      checkValues(values, [{ lower: -Infinity, upper: Infinity }], options);
      return;
    case 'prototype-classifier':
    case 'softmax-classifier':
    case 'cosine-classifier':
    case 'ordinal-classifier':
    case 'nearest-mean-classifier':
      await checkLabels(labels, head.scoreColumns, ignored(configuration));
  }
}

function ignored({ ignoredLabel }: { readonly ignoredLabel?: number }): { ignoredLabel?: number } {
  return ignoredLabel === undefined ? {} : { ignoredLabel };
}

function checkValues(
  values: ArrayLike<number>,
  bounds: readonly Bounds[],
  { strict = false, onWarning }: CheckTargetsOptions,
): void {
  let first: string | undefined;
  let count = 0;
  for (let position = 0; position < values.length; position++) {
    const value = values[position]!;
    const { lower, upper } = bounds[position % bounds.length]!;
    if (!Number.isFinite(value)) {
      throw new RangeError(`target ${value} at position ${position} must be a finite number`);
    }
    if (value >= lower && value <= upper) continue;
    count++;
    first ??= `target ${value} at position ${position} lies outside its bounds, ${lower} to ${upper}`;
    if (strict) throw new RangeError(first);
  }
  if (first !== undefined) onWarning?.(count === 1 ? first : `${first} (and ${count - 1} more)`);
}
