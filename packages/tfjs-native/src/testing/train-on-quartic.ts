import * as tf from '@tensorflow/tfjs';
import { compile } from '../compile/compile.js';
import type { GradientOptimizer } from '../optimizers/gradient-optimizer.js';

/** Where training begins, and what it looks for. */
export const quartic = { start: [1, -2, 0.5], target: [0, 1, 3] } as const;

/**
 * Minimises `sum((w - target)^4) / 4`, whose gradient is `(w - target)^3`: one step for each learning rate. Returns the
 * weights, and how many graphs ran.
 */
export function trainOnQuartic(
  createOptimizer: (variables: readonly tf.Variable[]) => GradientOptimizer,
  rates: readonly number[],
  isCompiled: boolean,
): { readonly weights: tf.Variable; readonly graphs: number } {
  const weights = tf.tidy(() => tf.variable(tf.tensor1d([...quartic.start])));
  const optimizer = createOptimizer([weights]);
  const body = (rate: tf.Scalar): tf.Scalar => {
    const { value, grads } = tf.variableGrads(
      () => tf.tidy(() => tf.div(tf.sum(tf.square(tf.square(tf.sub(weights, [...quartic.target])))), 4)),
      [weights],
    );
    optimizer.step(grads, rate);
    return value;
  };
  const step = compile(body);
  for (const rate of rates) tf.dispose(isCompiled ? step(rate) : tf.tidy(() => body(tf.scalar(rate))));
  const graphs = step.graphs().length;
  step.dispose();
  optimizer.dispose();
  return { weights, graphs };
}
