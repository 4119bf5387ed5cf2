import '@tensorflow/tfjs-backend-cpu';
import { tensor1d, tidy, variable } from '@tensorflow/tfjs-core';
import { tensorsLeft } from '@hyperspherical/testing';
import { describe, expect, it } from 'vitest';
import { createSgd, type SgdOptions } from './sgd.js';

/** The weight after each of `steps` with the gradient g(w) = w, recomputed in float64. */
function recompute({ momentum, nesterov, weightDecay }: SgdOptions, steps: number): number[] {
  let weight = 1;
  let velocity = 0;
  return Array.from({ length: steps }, () => {
    const gradient = weight + weightDecay * weight;
    velocity = momentum * velocity + gradient;
    weight -= 0.1 * (nesterov ? gradient + momentum * velocity : velocity);
    return weight;
  });
}

function run(options: SgdOptions, steps: number): number[] {
  const weight = tidy(() => variable(tensor1d([1])));
  const sgd = createSgd([weight], options);
  const path = Array.from({ length: steps }, () => {
    sgd.step({ [weight.name]: weight.clone() }, 0.1);
    return weight.dataSync()[0]!;
  });
  sgd.dispose();
  weight.dispose();
  return path;
}

describe('createSgd', () => {
  it('takes a plain step by hand: 1 - 0.1 * 1 = 0.9', () => {
    expect(run({ momentum: 0, nesterov: false, weightDecay: 0 }, 1)).toBeClose([0.9]);
  });

  it.each([
    { momentum: 0.9, nesterov: false, weightDecay: 0 },
    { momentum: 0.9, nesterov: true, weightDecay: 0 },
    { momentum: 0.9, nesterov: false, weightDecay: 0.05 },
    { momentum: 0.8, nesterov: true, weightDecay: 0.01 },
  ])('follows its formula over ten steps with %o', (options) => {
    expect(run(options, 10)).toBeClose(recompute(options, 10), { relative: 1e-5 });
  });

  it('leaves no tensor behind', () => {
    expect(
      tensorsLeft(() => {
        run({ momentum: 0.9, nesterov: true, weightDecay: 0.1 }, 3);
        return [];
      }),
    ).toBe(0);
  });

  it('names the variable that has no gradient', () => {
    const weight = variable(tensor1d([1]), true, 'lonely');
    const sgd = createSgd([weight], { momentum: 0, nesterov: false, weightDecay: 0 });
    expect(() => {
      sgd.step({}, 0.1);
    }).toThrow('No gradient for the variable lonely.');
  });
});
