import {
  add,
  dispose,
  mul,
  scalar,
  sub,
  tidy,
  variable,
  zerosLike,
  type Tensor,
  type Variable,
} from '@tensorflow/tfjs-core';

/** Hyper-parameters of `createSgd`, with PyTorch's meaning. */
export interface SgdOptions {
  readonly momentum: number;
  readonly nesterov: boolean;
  /** Added to the gradient as `weightDecay * weight`. */
  readonly weightDecay: number;
}

/** Moves variables against their gradients; its velocities are state that a checkpoint must keep. */
export interface Sgd {
  /** One per variable, in the variables' order. */
  readonly velocities: readonly Variable[];
  /** Takes one step; `gradients` are keyed by the variables' names and are disposed. */
  step(gradients: Readonly<Record<string, Tensor>>, learningRate: number): void;
  dispose(): void;
}

/**
 * Stochastic gradient descent with momentum, as PyTorch computes it: `v = momentum v + g + weightDecay w`, then
 * `w = w - learningRate v`, or with Nesterov's look-ahead `w = w - learningRate (g + weightDecay w + momentum v)`.
 */
export function createSgd(
  variables: readonly Variable[],
  { momentum, nesterov, weightDecay }: SgdOptions,
): Sgd {
  const velocities = variables.map((weight) => tidy(() => variable(zerosLike(weight), false)));
  const decay = scalar(weightDecay);
  const keepShare = scalar(momentum);
  return {
    velocities,
    step(gradients, learningRate) {
      tidy(() => {
        const rate = scalar(learningRate);
        for (const [index, weight] of variables.entries()) {
          const velocity = velocities[index]!;
          const given = gradients[weight.name];
          if (given === undefined) throw new Error(`No gradient for the variable ${weight.name}.`);
          const gradient = weightDecay === 0 ? given : add(given, mul(weight, decay));
          velocity.assign(add(mul(velocity, keepShare), gradient));
          const direction = nesterov ? add(gradient, mul(velocity, keepShare)) : velocity;
          weight.assign(sub(weight, mul(direction, rate)));
        }
      });
      dispose(Object.values(gradients));
    },
    dispose() {
      dispose([...velocities, decay, keepShare]);
    },
  };
}
