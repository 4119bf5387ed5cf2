import { add, dispose, mul, sub, tidy, variable, zerosLike, type Variable } from '@tensorflow/tfjs';
import type { GradientOptimizer } from './gradient-optimizer.js';
import { keepState } from './saved-state.js';
import { checkRange, decayed, takeStep } from './take-step.js';

/** Hyper-parameters of `createSgd`, with PyTorch's meaning. */
export interface SgdOptions {
  /** The share of the velocity that is kept at each step, in [0, 1). Default 0: no velocities at all. */
  readonly momentum?: number;
  /** Whether to look ahead along the velocity (Nesterov). Default false; true needs a momentum. */
  readonly nesterov?: boolean;
  /** Default 0. */
  readonly weightDecay?: number;
  /**
   * Default false: `weightDecay w` is added to the gradient, and runs through the velocity. True: the weight shrinks by
   * `learningRate weightDecay w` at each step, apart from the gradient.
   */
  readonly decoupledWeightDecay?: boolean;
}

/** Stochastic gradient descent, with its velocities. */
export interface Sgd extends GradientOptimizer {
  /** One per variable, in the variables' order; none without momentum. The same as `state`. */
  readonly velocities: readonly Variable[];
}

/**
 * Stochastic gradient descent as PyTorch computes it: `v = momentum v + g + weightDecay w` and `w = w - learningRate v`,
 * with Nesterov's look-ahead `w = w - learningRate (g + weightDecay w + momentum v)`.
 *
 * @throws RangeError when an option is out of range, or Nesterov comes without momentum
 * @example
 * const sgd = createSgd(backbone.trainableVariables, { momentum: 0.9, weightDecay: 1e-4 });
 * const { value, grads } = variableGrads(loss, [...backbone.trainableVariables]);
 * sgd.step(grads, 0.1);
 */
export function createSgd(
  variables: readonly Variable[],
  { momentum = 0, nesterov = false, weightDecay = 0, decoupledWeightDecay = false }: SgdOptions = {},
): Sgd {
  checkRange('momentum', momentum, 1);
  checkRange('weightDecay', weightDecay);
  if (nesterov && momentum === 0)
    throw new RangeError('nesterov is true and momentum 0; it needs a momentum.');
  const velocities =
    momentum === 0 ? [] : variables.map((weight) => tidy(() => variable(zerosLike(weight), false)));
  const coupledDecay = decoupledWeightDecay ? 0 : weightDecay;
  const decoupledDecay = decoupledWeightDecay ? weightDecay : 0;
  return {
    velocities,
    state: velocities,
    ...keepState(velocities.map((velocity, index) => [`velocity.${index}`, velocity])),
    step(gradients, learningRate) {
      takeStep(variables, gradients, (weight, given, index) => {
        const gradient = coupledDecay === 0 ? given : add(given, mul(weight, coupledDecay));
        const velocity = velocities[index];
        velocity?.assign(add(mul(velocity, momentum), gradient));
        const direction =
          velocity === undefined ? gradient : nesterov ? add(gradient, mul(velocity, momentum)) : velocity;
        weight.assign(sub(decayed(weight, learningRate, decoupledDecay), mul(direction, learningRate)));
      });
    },
    dispose() {
      dispose(velocities);
    },
  };
}
