import {
  add,
  addN,
  concat,
  exp,
  expandDims,
  expm1,
  log,
  matMul,
  max,
  mul,
  neg,
  slice,
  sub,
  sum,
  type Tensor,
  type Tensor1D,
  type Tensor2D,
  tidy,
} from '@tensorflow/tfjs-core';
import { checkPositive } from './check-number.js';
import { checkLabelTensor, checkMatrix } from './check-shapes.js';
import { checkLabelOptions, countedLabels, type LabelOptions, weighed } from './example-weights.js';
import { normaliseRows } from './normalise-rows.js';
import { oneHotFloats } from './one-hot-floats.js';
import { ownGradient } from './own-gradient.js';
import { rowBlocks } from './row-blocks.js';

/** What the losses over cosines to class vectors share. */
export interface CosineClassesOptions extends LabelOptions {
  /** One vector a class, `[classes, dimensions]`, any length: normalised here, and differentiated if it is trained. */
  readonly prototypes: Tensor2D;
  /**
   * Promises that the prototypes are unit rows that nobody trains: they are used as they are and get no gradient,
   * which saves both. Default false.
   */
  readonly fixedUnitPrototypes?: boolean;
  /**
   * How many examples meet all classes at once; more blocks need less memory and compute cosines twice. Default: as
   * many as keep `rows x classes` within 32 MB.
   */
  readonly rowsAtOnce?: number;
}

/** The cosine of the right class after its margin, and the derivative by the cosine before it; both `[rows, 1]`. */
export interface ChangedCosine {
  readonly value: Tensor;
  readonly slope: Tensor;
}

/** A margin: what becomes of the cosines `[rows, 1]` with the right class, whose number is in `labels` `[rows]`. */
export type Margin = (cosine: Tensor2D, labels: Tensor1D) => ChangedCosine;

/**
 * Cross entropy of softmax over `scale * cos(z_i, p_k)`, where the cosine of the right class goes through `margin`.
 * The `[batch, classes]` matrix exists a block of rows at a time; with several blocks it is computed again for the
 * gradient.
 */
export function marginSoftmax(
  outputs: Tensor2D,
  labels: Tensor1D,
  options: CosineClassesOptions & { readonly scale: number },
  margin?: Margin,
): Tensor1D {
  const { prototypes, scale, fixedUnitPrototypes = false } = options;
  checkMatrix('outputs', outputs);
  const [batch, dimensions] = outputs.shape;
  checkMatrix('prototypes', prototypes, dimensions);
  const [classes] = prototypes.shape;
  if (classes < 2) throw new RangeError(`prototypes must have at least 2 rows, and have ${classes}`);
  checkLabelTensor(labels, batch);
  checkLabelOptions(options, classes);
  checkPositive('scale', scale);
  if (options.rowsAtOnce !== undefined) checkPositive('rowsAtOnce', options.rowsAtOnce);
  const blocks = rowBlocks(batch, classes, options.rowsAtOnce);
  const whole = blocks.length === 1;

  return tidy(() => {
    const unitOutputs = normaliseRows(outputs);
    const unitPrototypes = fixedUnitPrototypes ? prototypes : normaliseRows(prototypes);
    const counted = countedLabels(labels, options.ignoredLabel);
    const inputs = fixedUnitPrototypes ? [unitOutputs] : [unitOutputs, unitPrototypes];
    const values = ownGradient<Tensor1D>(inputs, {
      forward: (save) => {
        if (whole) {
          const block = softmaxBlock(unitOutputs, unitPrototypes, counted, scale, margin);
          save([unitOutputs, unitPrototypes, block.probabilities, block.isLabel, block.share]);
          return block.values;
        }
        save([unitOutputs, unitPrototypes, counted]);
        return concat(
          blocks.map(({ start, size }) =>
            tidy(
              () =>
                softmaxBlock(
                  slice(unitOutputs, start, size),
                  unitPrototypes,
                  slice(counted, start, size),
                  scale,
                  margin,
                ).values,
            ),
          ),
        );
      },
      backward: (gradient, saved) => {
        const [rows, columns] = saved as [Tensor2D, Tensor2D];
        const parts = blocks.map(({ start, size }) =>
          tidy(() => {
            const blockRows = whole ? rows : slice(rows, start, size);
            const { probabilities, isLabel, share } = whole
              ? { probabilities: saved[2]!, isLabel: saved[3]!, share: saved[4]! }
              : softmaxBlock(blockRows, columns, slice(saved[2] as Tensor1D, start, size), scale, margin);
            const factor = mul(expandDims(whole ? gradient : slice(gradient, start, size), -1), scale);
            const ofCosines = mul<Tensor2D>(sub(probabilities, mul(isLabel, share)), factor);
            const ofRows = matMul(ofCosines, columns);
            return fixedUnitPrototypes ? [ofRows] : [ofRows, matMul(ofCosines, blockRows, true, false)];
          }),
        );
        const ofOutputs = whole ? parts[0]![0]! : concat(parts.map((part) => part[0]!));
        return fixedUnitPrototypes ? [ofOutputs] : [ofOutputs, addN(parts.map((part) => part[1]!))];
      },
    });
    return weighed(values, labels, options);
  });
}

/** What a block of rows computes. */
export interface SoftmaxBlock {
  /** Cross entropy, `[rows]`. */
  readonly values: Tensor1D;
  /** `[rows, classes]` */
  readonly probabilities: Tensor;
  /** One-hot labels, `[rows, classes]`. */
  readonly isLabel: Tensor;
  /** What is taken off the probability of the right class to give the gradient by its cosine, `[rows, 1]`. */
  readonly share: Tensor;
}

function softmaxBlock(
  rows: Tensor2D,
  prototypes: Tensor2D,
  labels: Tensor1D,
  scale: number,
  margin: Margin | undefined,
): SoftmaxBlock {
  return softmaxOfCosines(matMul(rows, prototypes, false, true), labels, scale, margin);
}

/** Cross entropy of softmax over scaled cosines with a margin, and what its gradient needs. */
export function softmaxOfCosines(
  cosines: Tensor2D,
  labels: Tensor1D,
  scale: number,
  margin: Margin | undefined,
): SoftmaxBlock {
  const isLabel = oneHotFloats(labels, cosines.shape[1]);
  let changed = cosines;
  let slope: Tensor | number = 1;
  if (margin !== undefined) {
    const cosine = sum<Tensor2D>(mul(isLabel, cosines), -1, true);
    const withMargin = margin(cosine, labels);
    changed = add(cosines, mul(isLabel, sub(withMargin.value, cosine)));
    slope = withMargin.slope;
  }
  const logits = mul(changed, scale);
  const shifted = sub(logits, max(logits, -1, true));
  const logSum = log(sum(exp(shifted), -1, true));
  const values = sub(logSum, sum(mul(isLabel, shifted), -1, true));
  // By the cosine of the right class: (p - 1) slope = p - (p - (p - 1) slope), and p - 1 = expm1(-value).
  const missing = expm1(neg(values));
  const share = sub(add(missing, 1), mul(missing, slope));
  return { values: sum(values, -1), probabilities: exp(sub(shifted, logSum)), isLabel, share };
}
