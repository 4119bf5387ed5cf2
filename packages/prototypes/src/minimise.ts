import type { Breather } from './breather.js';

/** Writes the gradient at `point` into `gradient` and gives the value. */
export type Objective = (point: Float64Array, gradient: Float64Array) => number | Promise<number>;

/** How far to go. */
export interface MinimiseOptions {
  /** At most this many steps. */
  readonly steps: number;
  /** Steps remembered to model the curvature. Default 20. */
  readonly history?: number;
  /** Stops where the gradient's length falls below this. Default 1e-12. */
  readonly gradientTolerance?: number;
  /** Stops after 3 steps in a row that each lowered the value by less than this. Default 1e-15. */
  readonly valueTolerance?: number;
  readonly breather: Breather;
  /** Called with the point after each step; may put the point back on a constraint that leaves the value as it is. */
  readonly onStep?: () => void;
}

/**
 * Minimises a function by L-BFGS, in place, and gives the smallest value. The line search is Lewis and Overton's
 * bisection for the weak Wolfe conditions, which also serves functions that are almost not smooth.
 *
 * @see Nocedal & Wright 2006, "Numerical Optimization", algorithm 7.4; Lewis & Overton 2013, "Nonsmooth optimization
 *   via quasi-Newton methods", algorithm 2.6.
 */
export async function minimise(
  objective: Objective,
  point: Float64Array,
  {
    steps,
    history = 20,
    gradientTolerance = 1e-12,
    valueTolerance = 1e-15,
    breather,
    onStep,
  }: MinimiseOptions,
): Promise<number> {
  const size = point.length;
  const moves: Float64Array[] = [];
  const changes: Float64Array[] = [];
  const curvatures: number[] = [];
  const shares = new Float64Array(history);
  const direction = new Float64Array(size);
  let gradient = new Float64Array(size);
  let nextGradient = new Float64Array(size);
  let next: Float64Array = new Float64Array(size);
  let current: Float64Array = point;
  let value = await objective(current, gradient);
  let stalled = 0;

  for (let step = 0; step < steps && stalled < 3; step += 1) {
    if (breather.due()) await breather.breathe();
    const length = Math.sqrt(dot(gradient, gradient));
    if (length < gradientTolerance) break;

    descentDirection();
    let slope = dot(direction, gradient);
    if (!(slope < 0)) {
      moves.length = changes.length = curvatures.length = 0;
      for (let index = 0; index < size; index += 1) direction[index] = -gradient[index]!;
      slope = -length * length;
    }

    // Weak Wolfe line search: `low` falls enough but is still steep, `high` does not fall enough.
    let low = 0;
    let high = Infinity;
    let stride = moves.length === 0 ? Math.min(1, 0.1 / length) : 1;
    let nextValue = value;
    let found = false;
    for (let trial = 0; trial < 30; trial += 1) {
      for (let index = 0; index < size; index += 1)
        next[index] = current[index]! + stride * direction[index]!;
      nextValue = await objective(next, nextGradient);
      if (!(nextValue <= value + 1e-4 * stride * slope)) high = stride;
      else if (dot(direction, nextGradient) < 0.9 * slope) {
        low = stride;
        found = true;
      } else {
        found = true;
        break;
      }
      stride = high === Infinity ? 2 * low : (low + high) / 2;
    }
    if (!found || !(nextValue <= value)) break;

    remember();
    stalled = value - nextValue < valueTolerance ? stalled + 1 : 0;
    value = nextValue;
    [current, next] = [next, current];
    [gradient, nextGradient] = [nextGradient, gradient];
    onStep?.();
  }
  if (current !== point) point.set(current);
  return value;

  function descentDirection(): void {
    for (let index = 0; index < size; index += 1) direction[index] = -gradient[index]!;
    for (let past = moves.length - 1; past >= 0; past -= 1) {
      const share = dot(moves[past]!, direction) / curvatures[past]!;
      shares[past] = share;
      addScaled(direction, -share, changes[past]!);
    }
    const latest = changes.at(-1);
    if (latest) {
      const scale = curvatures.at(-1)! / dot(latest, latest);
      for (let index = 0; index < size; index += 1) direction[index]! *= scale;
    }
    for (let past = 0; past < moves.length; past += 1) {
      const share = dot(changes[past]!, direction) / curvatures[past]!;
      addScaled(direction, shares[past]! - share, moves[past]!);
    }
  }

  function remember(): void {
    const full = moves.length === history;
    const move = full ? moves.shift()! : new Float64Array(size);
    const change = full ? changes.shift()! : new Float64Array(size);
    if (full) curvatures.shift();
    for (let index = 0; index < size; index += 1) {
      move[index] = next[index]! - current[index]!;
      change[index] = nextGradient[index]! - gradient[index]!;
    }
    const curvature = dot(move, change);
    if (!(curvature > 0)) return;
    moves.push(move);
    changes.push(change);
    curvatures.push(curvature);
  }
}

function dot(left: Float64Array, right: Float64Array): number {
  let [a, b, c, d] = [0, 0, 0, 0];
  let index = 0;
  for (; index + 4 <= left.length; index += 4) {
    a += left[index]! * right[index]!;
    b += left[index + 1]! * right[index + 1]!;
    c += left[index + 2]! * right[index + 2]!;
    d += left[index + 3]! * right[index + 3]!;
  }
  for (; index < left.length; index += 1) a += left[index]! * right[index]!;
  return a + b + (c + d);
}

function addScaled(target: Float64Array, factor: number, values: Float64Array): void {
  for (let index = 0; index < target.length; index += 1) target[index]! += factor * values[index]!;
}
