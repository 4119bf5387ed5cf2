import {
  add,
  dispose,
  div,
  expm1,
  mul,
  neg,
  scalar,
  sqrt,
  square,
  sub,
  tidy,
  variable,
  zerosLike,
  type Variable,
} from '@tensorflow/tfjs';
import type { GradientOptimizer } from './gradient-optimizer.js';
import { keepState } from './saved-state.js';
import { checkRange, decayed, takeStep } from './take-step.js';

/** Hyper-parameters of `createAdam` and `createAdamW`, with PyTorch's meaning and defaults. */
export interface AdamOptions {
  /** Decay of the mean of gradients, in [0, 1). Default 0.9. */
  readonly beta1?: number;
  /** Decay of the mean of squared gradients, in [0, 1). Default 0.999. */
  readonly beta2?: number;
  /** Added to the root of the second mean. Default 1e-8. */
  readonly epsilon?: number;
  /** Default 0 for `createAdam`, 0.01 for `createAdamW`. */
  readonly weightDecay?: number;
}

/**
 * Adam (Kingma and Ba, 2015, algorithm 1), as PyTorch computes it; weight decay is added to the gradient as
 * `weightDecay w`.
 *
 * With `m = beta1 m + (1 - beta1) g`, `v = beta2 v + (1 - beta2) g^2` after t steps:
 * `w = w - learningRate (m / (1 - beta1^t)) / (sqrt(v / (1 - beta2^t)) + epsilon)`.
 *
 * @throws RangeError when an option is out of range
 * @example
 * const adam = createAdam(model.trainableWeights.map((weight) => weight.read() as Variable));
 */
export function createAdam(variables: readonly Variable[], options: AdamOptions = {}): GradientOptimizer {
  return adam(variables, { weightDecay: 0, ...options }, false);
}

/**
 * Adam with decoupled weight decay (Loshchilov and Hutter, 2019, algorithm 2): each step first shrinks the weights by
 * `learningRate weightDecay w`.
 *
 * @throws RangeError when an option is out of range
 * @example
 * const adamW = createAdamW(backbone.trainableVariables, { weightDecay: 0.05 });
 */
export function createAdamW(variables: readonly Variable[], options: AdamOptions = {}): GradientOptimizer {
  return adam(variables, { weightDecay: 0.01, ...options }, true);
}

function adam(
  variables: readonly Variable[],
  { beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8, weightDecay }: AdamOptions & { readonly weightDecay: number },
  isDecoupled: boolean,
): GradientOptimizer {
  checkRange('beta1', beta1, 1);
  checkRange('beta2', beta2, 1);
  checkRange('epsilon', epsilon);
  checkRange('weightDecay', weightDecay);
  const zeros = (): Variable[] => variables.map((weight) => tidy(() => variable(zerosLike(weight), false)));
  const means = zeros();
  const squares = zeros();
  const steps = tidy(() => variable(scalar(0), false));
  const state = [...means, ...squares, steps];
  return {
    state,
    ...keepState([
      ...means.map((mean, index) => [`mean.${index}`, mean] as const),
      ...squares.map((square, index) => [`square.${index}`, square] as const),
      ['steps', steps],
    ]),
    step(gradients, learningRate) {
      tidy(() => {
        steps.assign(add(steps, 1));
        const meanShare = accumulatedShare(beta1, steps);
        const squareShare = accumulatedShare(beta2, steps);
        takeStep(variables, gradients, (weight, given, index) => {
          const mean = means[index]!;
          const meanSquare = squares[index]!;
          const gradient = isDecoupled || weightDecay === 0 ? given : add(given, mul(weight, weightDecay));
          mean.assign(add(mul(mean, beta1), mul(gradient, 1 - beta1)));
          meanSquare.assign(add(mul(meanSquare, beta2), mul(square(gradient), 1 - beta2)));
          const scale = add(sqrt(div(meanSquare, squareShare)), epsilon);
          const direction = div(div(mean, meanShare), scale);
          const start = decayed(weight, learningRate, isDecoupled ? weightDecay : 0);
          weight.assign(sub(start, mul(direction, learningRate)));
        });
      });
    },
    dispose() {
      dispose(state);
    },
  };
}

/** `1 - beta^t`, also where `beta^t` is so close to 1 that float32 cannot tell. */
function accumulatedShare(beta: number, steps: Variable) {
  return beta === 0 ? scalar(1) : neg(expm1(mul(steps, Math.log(beta))));
}
