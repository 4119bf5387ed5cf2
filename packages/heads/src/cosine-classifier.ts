import {
  arcFaceLoss,
  cosFaceLoss,
  cosineScoresLoss,
  cosineSoftmaxLoss,
  normaliseRows,
} from '@hyperspherical/losses';
import {
  matMul,
  mul,
  softmax,
  type Tensor1D,
  tensor1d,
  tensor2d,
  type Tensor2D,
  tidy,
  type Variable,
  variable,
} from '@tensorflow/tfjs-core';
import { checkLabelShape, checkOutputs, checkScores } from './check-outputs.js';
import { checkPrototypes } from './check-prototypes.js';
import { checkBoolean, checkChoice, isFinite32, isNumberList } from './check-values.js';
import { largestScore } from './class-scores.js';
import { extendWeights, labelWeighting } from './class-weighting.js';
import { describeValue } from './describe-value.js';
import { extendPrototypes } from './extend-prototypes.js';
import type { Head } from './head.js';
import type { ClassWeighting, CosineClassifierConfiguration } from './head-configuration.js';
import { keptTensor } from './kept-tensor.js';
import { prototypesToJSON } from './prototypes-configuration.js';
import type { Prototypes } from '@hyperspherical/prototypes';
import { noLabels, withEmptyBatches } from './with-empty-batches.js';

/** What a cosine classifier is made of. */
export interface CosineClassifierOptions extends ClassWeighting {
  /** One unit row a class: fixed, or where learned vectors begin. */
  readonly prototypes: Prototypes;
  /** Whether the class vectors are trained with the network. Default false. */
  readonly learned?: boolean;
  /** Default `'cosine-softmax'`; `'cosface'` and `'arcface'` ask for a margin as well. */
  readonly loss?: 'cosine-softmax' | 'cosface' | 'arcface';
  /** What cosines are multiplied by before softmax. Default 16; 64, as in their papers, for CosFace and ArcFace. */
  readonly scale?: number;
  /** The margin, one for all or one a class. Default, as in their papers: CosFace 0.35 (a cosine), ArcFace 0.5 (an angle). */
  readonly margin?: number | readonly number[];
}

/** A classifier by softmax over scaled cosines. Targets are int32 labels `[batch]`. */
export interface CosineClassifier extends Head<Tensor1D, Tensor1D> {
  readonly kind: 'cosine-classifier';
  toJSON(): CosineClassifierConfiguration;
  /** The class vectors as they are now, unit rows; reads them back from the device when they are learned. */
  prototypes(): Prototypes;
  /** Softmax over the scaled cosines, without a margin: `[batch, classes]`, rows sum to 1. */
  probabilities(outputs: Tensor2D): Tensor2D;
  /** A head of its own with further classes after these, whose learned vectors begin where these are now. */
  extend(prototypes: Prototypes): CosineClassifier;
}

const defaults = {
  'cosine-softmax': { scale: 16, margin: 0, loss: cosineSoftmaxLoss },
  cosface: { scale: 64, margin: 0.35, loss: cosFaceLoss },
  arcface: { scale: 64, margin: 0.5, loss: arcFaceLoss },
};

/**
 * A classifier by cosine softmax, CosFace or ArcFace over fixed or learned class vectors; scores are the cosines.
 *
 * @param options - prototypes and loss
 * @param learnedVectors - used in place of a variable of the head's own, `[classes, dimensions]`; freed by its owner
 * @throws {RangeError} if prototypes are not unit rows or two of them are the same, or another option is out of range
 * @see cosineSoftmaxLoss, cosFaceLoss, arcFaceLoss
 * @example
 * const head = cosineClassifier({ prototypes, learned: true, loss: 'arcface' });
 * optimiser.minimize(loss, false, [...network.variables, ...head.trainableVariables]);
 */
export function cosineClassifier(
  options: CosineClassifierOptions,
  learnedVectors?: Variable,
): CosineClassifier {
  return withVectors({ ...options, prototypes: checkPrototypes(options.prototypes) }, learnedVectors);
}

/** Learned vectors are no longer of length 1: their JSON is not checked for it. */
export function cosineClassifierFromJSON(
  options: CosineClassifierOptions,
  learnedVectors?: Variable,
): CosineClassifier {
  if (!options.learned) checkPrototypes(options.prototypes);
  return withVectors(options, learnedVectors);
}

function withVectors(options: CosineClassifierOptions, learnedVectors?: Variable): CosineClassifier {
  const { prototypes, learned = false, loss = 'cosine-softmax' } = options;
  checkChoice('loss', loss, Object.keys(defaults));
  checkBoolean('learned', learned);
  const kind = 'cosine-classifier';
  const { classes, dimensions, values } = prototypes;
  const { scale = defaults[loss].scale, margin = defaults[loss].margin } = options;
  checkScaleAndMargin(scale, margin, classes, loss);
  const weighting = labelWeighting(options, classes);
  const margins = keptTensor(() => tensor1d(Array.from(margin as readonly number[])));
  const fixed = keptTensor(() => tensor2d(values, [classes, dimensions]));
  const vectors = learned
    ? (learnedVectors ?? tidy(() => variable(tensor2d(values, [classes, dimensions]))))
    : undefined;

  const lossOptions = () => ({
    ...weighting.options(),
    scale,
    margin: typeof margin === 'number' ? margin : margins.get(),
  });
  const scores = (outputs: Tensor2D) => {
    checkOutputs(kind, outputs, dimensions);
    return tidy(() => {
      const rows = vectors === undefined ? fixed.get() : normaliseRows(vectors as unknown as Tensor2D);
      return matMul<Tensor2D>(normaliseRows(outputs), rows, false, true);
    });
  };
  const predictionOfScores = (cosines: Tensor2D) => {
    checkScores(kind, cosines, classes);
    return largestScore(cosines);
  };
  const current = (): Prototypes =>
    vectors === undefined
      ? prototypes
      : {
          ...prototypes,
          values: tidy(
            () => normaliseRows(vectors as unknown as Tensor2D).dataSync() as Float32Array,
          ).slice(),
        };
  const head: CosineClassifier = {
    kind,
    outputDimensions: dimensions,
    scoreColumns: classes,
    variables: vectors === undefined ? [] : [vectors],
    trainableVariables: vectors === undefined ? [] : [vectors],
    prototypes: current,
    loss: (outputs, labels) => {
      checkOutputs(kind, outputs, dimensions);
      checkLabelShape(labels, outputs.shape[0]);
      return defaults[loss].loss(outputs, labels, {
        ...lossOptions(),
        prototypes: vectors === undefined ? fixed.get() : (vectors as unknown as Tensor2D),
        fixedUnitPrototypes: vectors === undefined,
      });
    },
    scores,
    probabilities: (outputs) => tidy(() => softmax(mul<Tensor2D>(scores(outputs), scale))),
    predict: (outputs) => tidy(() => predictionOfScores(scores(outputs))),
    lossOfScores: (cosines, labels) => {
      checkScores(kind, cosines, classes);
      return cosineScoresLoss(cosines, labels, { ...lossOptions(), loss });
    },
    predictionOfScores,
    extend: (added) =>
      cosineClassifier({
        ...extendWeights(options, added.classes),
        prototypes: extendPrototypes(current(), added),
        learned,
        loss,
        scale,
        margin:
          typeof margin === 'number'
            ? margin
            : [...margin, ...Array<number>(added.classes).fill(defaults[loss].margin)],
      }),
    toJSON: () => ({
      kind,
      prototypes: prototypesToJSON(
        vectors === undefined ? prototypes : { ...prototypes, values: vectors.dataSync<'float32'>().slice() },
      ),
      learned,
      loss,
      scale,
      margin: typeof margin === 'number' ? margin : Array.from(margin),
      ...weighting.json,
    }),
    dispose: () => {
      for (const constant of [fixed, margins, weighting]) constant.dispose();
      if (learnedVectors === undefined) vectors?.dispose();
    },
  };
  return withEmptyBatches(head, noLabels);
}

function checkScaleAndMargin(
  scale: number,
  margin: number | readonly number[],
  classes: number,
  loss: keyof typeof defaults,
): void {
  if (!(isFinite32(scale) && scale > 0)) {
    throw new RangeError(`scale must be a finite number above 0, and is ${describeValue(scale)}`);
  }
  if (typeof margin !== 'number' && !isNumberList(margin)) {
    throw new TypeError(`margin must be a number or an array of numbers, and is ${describeValue(margin)}`);
  }
  if (typeof margin !== 'number' && margin.length !== classes) {
    throw new RangeError(`margin must be one number or ${classes}, one a class; they are ${margin.length}`);
  }
  const limit = loss === 'arcface' ? Math.PI : Infinity;
  (typeof margin === 'number' ? [margin] : Array.from(margin)).forEach((each, position) => {
    if (isFinite32(each) && each >= 0 && each < limit) return;
    const name = typeof margin === 'number' ? 'margin' : `margin[${position}]`;
    const below = limit === Infinity ? '' : ' and below pi';
    throw new RangeError(
      `${name} must be a finite number of at least 0${below}, and is ${describeValue(each)}`,
    );
  });
}
