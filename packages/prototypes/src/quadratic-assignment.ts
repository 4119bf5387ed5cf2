import type { RandomGenerator } from 'pure-rand/types/RandomGenerator';
import type { Breather } from './breather.js';
import { uniformInteger } from './uniform-integer.js';

/** Two symmetric matrices, `[size, size]`; their diagonals do not count. */
export interface QuadraticAssignment {
  readonly size: number;
  readonly flows: Float64Array;
  readonly affinities: Float64Array;
}

/** The sum over i < j of `flows_ij affinities_(p_i)(p_j)`. */
export function assignmentScore(
  { size, flows, affinities }: QuadraticAssignment,
  places: Int32Array,
): number {
  let score = 0;
  for (let i = 0; i < size; i += 1) {
    for (let j = 0; j < i; j += 1) {
      score += flows[i * size + j]! * affinities[places[i]! * size + places[j]!]!;
    }
  }
  return score;
}

/**
 * Searches for the assignment p with the largest score by robust tabu search from the identity: the best exchange of two at each
 * step, even if it is worse, but none that puts both back where they lately were. What every exchange would gain is kept up to date,
 * O(size^2) a step.
 *
 * @see Taillard 1991, "Robust taboo search for the quadratic assignment problem".
 */
export async function solveQuadraticAssignment(
  problem: QuadraticAssignment,
  steps: number,
  random: RandomGenerator,
  breather: Breather,
  onStep: (step: number) => void,
): Promise<Int32Array> {
  const { size, flows, affinities } = problem;
  const places = Int32Array.from({ length: size }, (_, i) => i);
  const gains = new Float64Array(size * size);
  for (let r = 0; r < size; r += 1) {
    if (breather.due()) await breather.breathe();
    for (let s = r + 1; s < size; s += 1) gains[r * size + s] = exchangeGain(problem, places, r, s);
  }
  // Until which step class i must not return to place p.
  const tabuUntil = new Int32Array(size * size);
  let best = places.slice();
  let score = assignmentScore(problem, places);
  let bestScore = score;

  for (let step = 1; step <= steps; step += 1) {
    if (breather.due()) await breather.breathe();
    let [u, v] = [-1, -1];
    let gain = -Infinity;
    for (let r = 0; r < size; r += 1) {
      for (let s = r + 1; s < size; s += 1) {
        const candidate = gains[r * size + s]!;
        if (candidate <= gain) continue;
        const tabu = tabuUntil[r * size + places[s]!]! > step && tabuUntil[s * size + places[r]!]! > step;
        if (tabu && score + candidate <= bestScore + 1e-12 * Math.abs(bestScore)) continue;
        [u, v, gain] = [r, s, candidate];
      }
    }
    if (u < 0) continue;
    tabuUntil[u * size + places[u]!] = step + tenure();
    tabuUntil[v * size + places[v]!] = step + tenure();
    [places[u], places[v]] = [places[v]!, places[u]!];
    score += gain;
    updateGains(u, v);
    if (score > bestScore + 1e-9 * Math.max(1, Math.abs(bestScore))) {
      best = places.slice();
      bestScore = score;
    }
    onStep(step);
  }
  return best;

  function tenure(): number {
    return uniformInteger(random, Math.ceil(0.9 * size), Math.ceil(1.1 * size) + 4);
  }

  /** After u and v were exchanged: exchanges with one of them are computed anew, the others change by a product. */
  function updateGains(u: number, v: number): void {
    const [pu, pv] = [places[u]! * size, places[v]! * size];
    for (let r = 0; r < size; r += 1) {
      const involved = r === u || r === v;
      const flowR = flows[r * size + u]! - flows[r * size + v]!;
      const affinityR = affinities[pu + places[r]!]! - affinities[pv + places[r]!]!;
      for (let s = r + 1; s < size; s += 1) {
        if (involved || s === u || s === v) {
          gains[r * size + s] = exchangeGain(problem, places, r, s);
          continue;
        }
        const flow = flowR - flows[s * size + u]! + flows[s * size + v]!;
        const affinity = affinities[pu + places[s]!]! - affinities[pv + places[s]!]! - affinityR;
        gains[r * size + s]! += flow * affinity;
      }
    }
  }
}

/** How much the score grows when r and s exchange their places. */
function exchangeGain(
  { size, flows, affinities }: QuadraticAssignment,
  places: Int32Array,
  r: number,
  s: number,
): number {
  const [pr, ps] = [places[r]! * size, places[s]! * size];
  let gain = 0;
  for (let k = 0; k < size; k += 1) {
    if (k === r || k === s) continue;
    const place = places[k]!;
    gain +=
      (flows[r * size + k]! - flows[s * size + k]!) * (affinities[ps + place]! - affinities[pr + place]!);
  }
  return gain;
}
