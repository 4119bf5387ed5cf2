import type { Tensor } from '@tensorflow/tfjs-core';

/** Throws a RangeError unless `outputs` are `[batch, outputDimensions]`. */
export function checkOutputs(kind: string, outputs: Tensor, outputDimensions: number): void {
  if (outputs.rank === 2 && outputs.shape[1] === outputDimensions) return;
  throw new RangeError(
    `outputs must be [batch, ${outputDimensions}] for this ${kind}; their shape is [${outputs.shape.join(', ')}]`,
  );
}

/** Throws a RangeError unless `scores` are `[batch, columns]`. */
export function checkScores(kind: string, scores: Tensor, columns: number): void {
  if (scores.rank === 2 && scores.shape[1] === columns) return;
  throw new RangeError(
    `scores must be [batch, ${columns}] for this ${kind}; their shape is [${scores.shape.join(', ')}]`,
  );
}

/** Throws unless `labels` are int32 `[batch]`. */
export function checkLabelShape(labels: Tensor, batch: number): void {
  if (labels.rank !== 1 || labels.shape[0] !== batch) {
    throw new RangeError(
      `labels must be [${batch}], one an example; their shape is [${labels.shape.join(', ')}]`,
    );
  }
  if (labels.dtype !== 'int32') {
    throw new TypeError(`labels must be int32, and are ${labels.dtype}; cast them with labels.toInt()`);
  }
}
