/** What a sample says of the values it was drawn from. */
export interface Sample {
  readonly n: number;
  readonly mean: number;
  /** The sample standard deviation, with n - 1; null where n is 1. */
  readonly deviation: number | null;
}

/** Describes at least one value. */
export function describeSample(values: readonly number[]): Sample {
  if (values.length === 0) throw new RangeError('A sample needs at least one value.');
  const n = values.length;
  // Equal values have no spread; their rounded mean would show one.
  if (values.every((value) => value === values[0]))
    return { n, mean: values[0]!, deviation: n === 1 ? null : 0 };
  const mean = values.reduce((sum, value) => sum + value, 0) / n;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { n, mean, deviation: Math.sqrt(squares / (n - 1)) };
}
