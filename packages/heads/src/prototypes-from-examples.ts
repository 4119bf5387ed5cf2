import { normaliseRows } from '@hyperspherical/losses';
import { matMul, sum, type Tensor1D, type Tensor2D, tidy } from '@tensorflow/tfjs-core';
import { checkLabelShape } from './check-outputs.js';
import { checkCount } from './check-values.js';
import { oneHotRows } from './one-hot-rows.js';
import type { Prototypes } from '@hyperspherical/prototypes';

/**
 * A prototype for each class of a few examples: the direction of the mean of their unit outputs. With it, `extend` adds
 * classes that training did not have, without training again.
 *
 * @param outputs - of the trained network, `[examples, dimensions]`, any length
 * @param labels - int32 `[examples]`, from 0 to classes - 1, counted among the new classes
 * @param classes - how many new classes there are
 * @throws {RangeError} if a class has no example, or its outputs are not finite or cancel out
 * @example
 * const extended = head.extend(await prototypesFromExamples(network(newImages), newLabels, 3));
 */
export async function prototypesFromExamples(
  outputs: Tensor2D,
  labels: Tensor1D,
  classes: number,
): Promise<Prototypes> {
  checkLabelShape(labels, outputs.shape[0]);
  checkCount('classes', classes, 1);
  if (outputs.shape[0] === 0) throw new RangeError('class 0 has no example');
  const [, dimensions] = outputs.shape;
  const { means, counts } = tidy(() => {
    // One class more than there are, since one-hot rows need two columns.
    const isLabel = oneHotRows(labels, classes + 1);
    return {
      means: normaliseRows(matMul(isLabel, normaliseRows(outputs), true, false)),
      counts: sum(isLabel, 0),
    };
  });
  const [rows, examples] = await Promise.all([means.data<'float32'>(), counts.data()]);
  means.dispose();
  counts.dispose();
  const values = rows.slice(0, classes * dimensions);
  for (let label = 0; label < classes; label++) {
    if (examples[label] === 0) throw new RangeError(`class ${label} has no example`);
    const row = values.subarray(label * dimensions, (label + 1) * dimensions);
    if (!row.every(Number.isFinite)) throw new RangeError(`the outputs of class ${label} are not all finite`);
    if (row.every((value) => value === 0)) {
      throw new RangeError(`the outputs of class ${label} cancel out: they have no mean direction`);
    }
  }
  return { classes, dimensions, values, method: 'examples' };
}
