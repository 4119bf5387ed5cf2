/** Points on their way apart. */
export interface Spreading {
  /** `[classes, dimensions]`, unit rows; changed in place by `step`. */
  readonly values: Float32Array;
  /** One step of descent; false where the points have come to rest. */
  step(): boolean;
  largestCosine(): number;
}

const sharpest = 400;
const steps = 900;

/**
 * Points that move apart slowly enough to watch: gradient descent on `log(sum exp(b cos_ij)) / b`, each row pushed away from those near
 * it, with b growing from 4 to 400. All start within a small cap, so that one sees them spread.
 *
 * @param seed - The same seed gives the same film.
 */
export function spreadSlowly({
  classes,
  dimensions,
  seed,
}: {
  readonly classes: number;
  readonly dimensions: number;
  readonly seed: number;
}): Spreading {
  const values = new Float32Array(classes * dimensions);
  const random = uniform(seed);
  for (let row = 0; row < classes; row += 1) {
    for (let axis = 0; axis < dimensions; axis += 1)
      values[row * dimensions + axis] = (random() - 0.5) * 0.6 + (axis === dimensions - 1 ? 1 : 0);
  }
  normalise(values, dimensions);
  const push = new Float32Array(values.length);
  let done = 0;

  return {
    values,
    step() {
      if (done >= steps) return false;
      const share = done / steps;
      const sharpness = 4 * (sharpest / 4) ** share;
      // A sharper energy needs shorter steps.
      const most = 0.05 * (1 - share) ** 2 + 0.0002;
      push.fill(0);
      for (let a = 0; a < classes; a += 1) {
        for (let b = 0; b < a; b += 1) {
          const force = Math.exp(sharpness * (cosine(values, dimensions, a, b) - 1));
          for (let axis = 0; axis < dimensions; axis += 1) {
            push[a * dimensions + axis]! -= force * values[b * dimensions + axis]!;
            push[b * dimensions + axis]! -= force * values[a * dimensions + axis]!;
          }
        }
      }
      const longest = removeRadialPart(push, values, dimensions);
      const stride = longest > 0 ? most / longest : 0;
      for (let index = 0; index < values.length; index += 1) values[index]! += stride * push[index]!;
      normalise(values, dimensions);
      done += 1;
      return true;
    },
    largestCosine() {
      let largest = -1;
      for (let a = 0; a < classes; a += 1)
        for (let b = 0; b < a; b += 1) largest = Math.max(largest, cosine(values, dimensions, a, b));
      return Math.min(1, largest);
    },
  };
}

function cosine(values: Float32Array, dimensions: number, a: number, b: number): number {
  let sum = 0;
  for (let axis = 0; axis < dimensions; axis += 1)
    sum += values[a * dimensions + axis]! * values[b * dimensions + axis]!;
  return sum;
}

/** Leaves what moves a row along the sphere, and gives the longest such move. */
function removeRadialPart(push: Float32Array, values: Float32Array, dimensions: number): number {
  let longest = 0;
  for (let first = 0; first < values.length; first += dimensions) {
    let along = 0;
    for (let axis = 0; axis < dimensions; axis += 1) along += push[first + axis]! * values[first + axis]!;
    let square = 0;
    for (let axis = 0; axis < dimensions; axis += 1) {
      push[first + axis]! -= along * values[first + axis]!;
      square += push[first + axis]! ** 2;
    }
    longest = Math.max(longest, Math.sqrt(square));
  }
  return longest;
}

function normalise(values: Float32Array, dimensions: number): void {
  for (let first = 0; first < values.length; first += dimensions) {
    let square = 0;
    for (let axis = 0; axis < dimensions; axis += 1) square += values[first + axis]! ** 2;
    const length = Math.sqrt(square) || 1;
    for (let axis = 0; axis < dimensions; axis += 1) values[first + axis]! /= length;
  }
}

/** Marsaglia's xorshift: numbers from 0 to 1. */
function uniform(seed: number): () => number {
  let state = (Math.imul(seed + 1, 2_654_435_761) ^ 0x9e3779b9) >>> 0 || 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    return state / 2 ** 32;
  };
}
