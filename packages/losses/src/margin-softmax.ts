import { addN, concat, slice, type Tensor, type Tensor1D, type Tensor2D, tidy } from '@tensorflow/tfjs-core';
import { checkPositive } from './check-number.js';
import { checkLabelTensor, checkMatrix } from './check-shapes.js';
import { checkLabelOptions, countedLabels, type LabelOptions, weighed } from './example-weights.js';
import { marginOfLabels, type MarginSize } from './margin-of-labels.js';
import { type BlockInputs, gradientsOfBlock, inputsOf, softmaxBlock } from './margin-softmax-block.js';
import { normaliseRows } from './normalise-rows.js';
import { ofNothing } from './of-nothing.js';
import { ownGradient } from './own-gradient.js';
import { rowBlocks } from './row-blocks.js';
import type { MarginChange } from './softmax-of-cosines.js';

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

/** A margin of the right class: how much, and what it does to the cosine. */
export interface Margin {
  readonly size: MarginSize;
  readonly change: MarginChange;
}

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
  if (batch === 0) {
    return ofNothing([outputs, prototypes], [0]);
  }
  const blocks = rowBlocks(batch, classes, options.rowsAtOnce);

  return tidy(() => {
    const unitOutputs = normaliseRows(outputs);
    const unitPrototypes = fixedUnitPrototypes ? prototypes : normaliseRows(prototypes);
    const counted = countedLabels(labels, options.ignoredLabel);
    const size = margin && marginOfLabels(margin.size, counted);
    const margins = typeof size === 'object' ? [size as Tensor2D] : [];
    const inputs = [unitOutputs, unitPrototypes, counted, ...margins] as unknown as BlockInputs;
    const rule = { scale, change: margin?.change, margin: typeof size === 'number' ? size : undefined };
    const trained = [unitOutputs, ...(fixedUnitPrototypes ? [] : [unitPrototypes]), ...margins];
    const values = ownGradient<Tensor1D>(trained, {
      forward: (save) => {
        const all = [...inputs] as Tensor[];
        if (blocks.length > 1) {
          save(all);
          return concat(blocks.map((each) => tidy(() => softmaxBlock(inputsOf(inputs, each), rule).values)));
        }
        const { values: ofAll, ...kept } = softmaxBlock(inputs, rule);
        save([...all, kept.probabilities, kept.isLabel, kept.ofOwn, kept.ofMargin]);
        return ofAll;
      },
      backward: (gradient, saved) => {
        const alive = saved.slice(0, inputs.length) as unknown as BlockInputs;
        const [probabilities, isLabel, ofOwn, ofMargin] = saved.slice(inputs.length);
        const parts = blocks.map((each) =>
          tidy(() => {
            if (ofMargin) {
              const kept = { probabilities: probabilities!, isLabel: isLabel!, ofOwn: ofOwn!, ofMargin };
              return gradientsOfBlock(alive, kept, rule, gradient);
            }
            const own = inputsOf(alive, each);
            const ofBlock = slice(gradient, each.start, each.size);
            return gradientsOfBlock(own, softmaxBlock(own, rule), rule, ofBlock);
          }),
        );
        return [
          concat(parts.map(([ofRows]) => ofRows)),
          ...(fixedUnitPrototypes ? [] : [addN(parts.map(([, ofPrototypes]) => ofPrototypes))]),
          ...margins.map(() => concat(parts.map(([, , ofMargins]) => ofMargins))),
        ];
      },
    });
    return weighed(values, labels, options);
  });
}
