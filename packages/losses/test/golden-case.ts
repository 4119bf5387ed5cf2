import goldens from './goldens.json' with { type: 'json' };

/**
 * Inputs, value and gradient (with respect to `x`) of one loss, computed once in float64 by another program's
 * automatic differentiation.
 */
export interface GoldenCase {
  readonly note: string;
  readonly x: number[][];
  readonly value: number;
  readonly grad: number[][];
  readonly prototypes: number[][];
  readonly other: number[][];
  readonly softLabels: number[][];
  readonly upper: number[];
  readonly labels: number[];
  readonly targets: number[];
  readonly weight: number;
  readonly alpha: number;
  readonly t: number;
  readonly tau: number;
  readonly scale: number;
  readonly margin: number;
}

/** The case of that name in goldens.json; each holds those of the fields above that its loss has. */
export function goldenCase(name: string): GoldenCase {
  const all = goldens as unknown as Readonly<Record<string, GoldenCase>>;
  const found = all[name];
  if (found === undefined) throw new RangeError(`goldens.json has no case ${name}`);
  return found;
}
