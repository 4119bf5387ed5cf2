import { headFromJSON, type HeadConfiguration } from '@hyperspherical/heads';
import type { Tensor, Tensor1D, Tensor2D, Variable } from '@tensorflow/tfjs-core';
import { multiTaskHead, type MultiTaskOptions } from './multi-task-head.js';
import { simplexLogitClassifier } from './simplex-logit-classifier.js';

/** What prediction needs of a head. */
export interface PredictingHead {
  readonly kind: string;
  readonly outputDimensions: number;
  readonly variables: readonly Variable[];
  /** `[batch, columns]`: one column a class, larger is likelier; for values see `Head`. */
  scores(outputs: Tensor2D): Tensor2D;
  /** Labels, values, or `{ labels, values }`. */
  predict(outputs: Tensor2D): Tensor | { readonly labels: Tensor1D; readonly values: Tensor1D };
  toJSON(): { readonly kind: string };
  dispose(): void;
}

/** Makes a head again from the JSON that it left in `model.json`: those of @hyperspherical/heads, and the bench's own baselines. */
export function headFromDescription(description: { readonly kind: string }): PredictingHead {
  switch (description.kind) {
    case 'multi-task':
      return multiTaskHead(description as unknown as MultiTaskOptions);
    case 'simplex-logit-classifier':
      return simplexLogitClassifier(description as unknown as { classes: number; scale: number });
    default:
      return headFromJSON(description as HeadConfiguration);
  }
}
