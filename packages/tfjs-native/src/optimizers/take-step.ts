import { dispose, mul, sub, tidy, type Scalar, type Tensor, type Variable } from '@tensorflow/tfjs';

/** Calls `move` for each variable with its gradient in a scope of its own; disposes of the gradients. */
export function takeStep(
  variables: readonly Variable[],
  gradients: Readonly<Record<string, Tensor>>,
  move: (variable: Variable, gradient: Tensor, index: number) => void,
): void {
  try {
    for (const [index, variable] of variables.entries()) {
      const gradient = gradients[variable.name];
      if (gradient === undefined) {
        throw new Error(
          `gradients holds none for the variable ${variable.name}; give variableGrads the same variables.`,
        );
      }
      tidy(() => {
        move(variable, gradient, index);
      });
    }
  } finally {
    dispose(Object.values(gradients));
  }
}

/** The variable after decoupled decay: `w - learningRate decay w`. */
export function decayed(variable: Tensor, learningRate: number | Scalar, weightDecay: number): Tensor {
  return weightDecay === 0 ? variable : sub(variable, mul(variable, mul(learningRate, weightDecay)));
}

/** Throws a RangeError unless the value is at least 0 and below `limit`. */
export function checkRange(name: string, value: number, limit = Infinity): void {
  if (value >= 0 && value < limit) return;
  const below = limit === Infinity ? 'a finite number of at least 0' : `at least 0 and below ${limit}`;
  throw new RangeError(`${name} is ${value}; it must be ${below}.`);
}
