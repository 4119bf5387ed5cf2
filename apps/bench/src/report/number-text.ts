import type { MetricScale } from './metric-scale.js';

/** Writes a metric's values with the decimals of their column. */
export interface NumberText {
  value(value: number): string;
  /** `64.7 ± 0.2`, or the mean alone where there is no deviation. */
  spread(mean: number, deviation: number | null | undefined): string;
  /** With its sign. */
  difference(value: number): string;
  /** `-1.2 to +0.4`. */
  interval(interval: readonly [number, number]): string;
}

/** The writer of one column. */
export function numberText({ factor }: MetricScale, decimals: number): NumberText {
  const value = (number: number): string => (factor * number).toFixed(decimals);
  const difference = (number: number): string => {
    const text = value(Math.abs(number));
    return Number(text) === 0 ? text : `${number < 0 ? '−' : '+'}${text}`;
  };
  return {
    value,
    difference,
    spread: (mean, deviation) =>
      deviation === null || deviation === undefined ? value(mean) : `${value(mean)} ± ${value(deviation)}`,
    interval: ([low, high]) => `${difference(low)} to ${difference(high)}`,
  };
}
