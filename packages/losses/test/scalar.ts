/** A number in float64 that remembers what it was computed from, so that `backpropagate` can differentiate it. */
export class Scalar {
  gradient = 0;
  readonly value: number;
  /** What it was computed from, and its derivatives by those. */
  readonly parents: readonly (readonly [Scalar, number])[];

  constructor(value: number, parents: readonly (readonly [Scalar, number])[] = []) {
    this.value = value;
    this.parents = parents;
  }
}

type Operand = Scalar | number;

const valueOf = (operand: Operand): number => (typeof operand === 'number' ? operand : operand.value);

function scalar(value: number, ...parents: readonly (readonly [Operand, number])[]): Scalar {
  return new Scalar(
    value,
    parents.filter((parent): parent is readonly [Scalar, number] => typeof parent[0] !== 'number'),
  );
}

export const plus = (...all: readonly Operand[]): Scalar =>
  scalar(
    all.reduce<number>((sum, each) => sum + valueOf(each), 0),
    ...all.map((each) => [each, 1] as const),
  );
export const times = (a: Operand, b: Operand): Scalar =>
  scalar(valueOf(a) * valueOf(b), [a, valueOf(b)], [b, valueOf(a)]);
export const minus = (a: Operand, b: Operand): Scalar => scalar(valueOf(a) - valueOf(b), [a, 1], [b, -1]);
export const over = (a: Operand, b: Operand): Scalar =>
  scalar(valueOf(a) / valueOf(b), [a, 1 / valueOf(b)], [b, -valueOf(a) / valueOf(b) / valueOf(b)]);
export const exponential = (a: Operand): Scalar => scalar(Math.exp(valueOf(a)), [a, Math.exp(valueOf(a))]);
export const logarithm = (a: Operand): Scalar => scalar(Math.log(valueOf(a)), [a, 1 / valueOf(a)]);
/** `a ^ exponent`, with derivative 0 at 0. */
export const power = (a: Operand, exponent: number): Scalar =>
  scalar(valueOf(a) ** exponent, [a, valueOf(a) === 0 ? 0 : exponent * valueOf(a) ** (exponent - 1)]);
export const root = (a: Operand): Scalar => power(a, 0.5);
export const square = (a: Operand): Scalar => times(a, a);
export const cosineOf = (a: Scalar): Scalar => scalar(Math.cos(a.value), [a, -Math.sin(a.value)]);
export const sineOf = (a: Scalar): Scalar => scalar(Math.sin(a.value), [a, Math.cos(a.value)]);

/** Adds to `gradient` of everything that `sum` was computed from. */
export function backpropagate(sum: Scalar): void {
  const order: Scalar[] = [];
  const seen = new Set<Scalar>();
  const stack: [Scalar, boolean][] = [[sum, false]];
  for (let top = stack.pop(); top; top = stack.pop()) {
    const [each, isDone] = top;
    if (isDone) order.push(each);
    else if (!seen.has(each)) {
      seen.add(each);
      stack.push([each, true], ...each.parents.map(([parent]) => [parent, false] as [Scalar, boolean]));
    }
  }
  sum.gradient = 1;
  for (const each of order.reverse()) {
    for (const [parent, derivative] of each.parents) parent.gradient += derivative * each.gradient;
  }
}
