import { logSumExp, max, mul, type Tensor1D, type Tensor2D, tidy } from '@tensorflow/tfjs-core';

/**
 * The largest score of each example: with cosines, how near it lies to any known class. Small for inputs of classes
 * that training did not have.
 *
 * @param scores - `head.scores(outputs)`, `[batch, classes]`
 * @returns `[batch]`, larger is more like the known classes
 * @example
 * largestCosine(head.scores(outputs));
 */
export function largestCosine(scores: Tensor2D): Tensor1D {
  return max<Tensor1D>(scores, -1);
}

/**
 * The negative energy of each example, `T log sum_k exp(x_k / T)`: how much evidence its logits hold for any class.
 *
 * @param logits - logits, or scaled cosines, `[batch, classes]`
 * @returns `[batch]`, larger is more like the known classes
 * @throws {RangeError} if the temperature is not above 0
 * @see Liu et al., Energy-based Out-of-distribution Detection, NeurIPS 2020
 * @example
 * negativeEnergy(mul(head.scores(outputs), scale));
 */
export function negativeEnergy(
  logits: Tensor2D,
  {
    temperature = 1,
  }: {
    /** Above 0. Default 1, the paper's. */
    readonly temperature?: number;
  } = {},
): Tensor1D {
  if (!(Number.isFinite(temperature) && temperature > 0)) {
    throw new RangeError(`temperature must be a finite number above 0, and is ${temperature}`);
  }
  return tidy(() => mul(logSumExp<Tensor1D>(mul(logits, 1 / temperature), -1), temperature));
}

/** How well a score tells known from unknown classes, each from 0 to 1. */
export interface UnknownClassMeasures {
  /** Area under the ROC curve: the chance that a known example scores above an unknown one, ties counted half. 0.5 is guessing. */
  readonly auroc: number;
  /** Area under the precision-recall curve with known as positive, as average precision. */
  readonly auprKnown: number;
  /** The same with unknown as positive. */
  readonly auprUnknown: number;
  /** The share of unknown examples that pass the threshold which at least 95 % of the known ones pass. Lower is better. */
  readonly falsePositiveRateAt95: number;
}

/**
 * Judges scores for unknown classes. Examples of one score are taken in or left out together.
 *
 * @param known - scores of examples of known classes, larger for known
 * @param unknown - scores of examples of unknown classes
 * @throws {RangeError} if a side is empty or a score is NaN
 * @example
 * unknownClassMeasures([0.9, 0.8], [0.1]); // auroc 1, falsePositiveRateAt95 0
 */
export function unknownClassMeasures(
  known: ArrayLike<number>,
  unknown: ArrayLike<number>,
): UnknownClassMeasures {
  const scored = [...labelled(known, true, 'known'), ...labelled(unknown, false, 'unknown')];
  const downwards = countsByThreshold(scored.sort((left, right) => right.score - left.score));
  const upwards = countsByThreshold(
    scored.map(({ score, isKnown }) => ({ score: -score, isKnown: !isKnown })).reverse(),
  );
  const { known: positives, unknown: negatives } = downwards.at(-1)!;
  let area = 0;
  let before = { known: 0, unknown: 0 };
  for (const step of downwards) {
    area += ((step.unknown - before.unknown) * (step.known + before.known)) / 2;
    before = step;
  }
  const at95 = downwards.find((step) => step.known >= 0.95 * positives)!;
  return {
    auroc: area / (positives * negatives),
    auprKnown: averagePrecision(downwards),
    auprUnknown: averagePrecision(upwards),
    falsePositiveRateAt95: at95.unknown / negatives,
  };
}

interface Scored {
  readonly score: number;
  readonly isKnown: boolean;
}

interface Counts {
  readonly known: number;
  readonly unknown: number;
}

function labelled(scores: ArrayLike<number>, isKnown: boolean, name: string): Scored[] {
  if (scores.length === 0) throw new RangeError(`${name} must not be empty`);
  return Array.from(scores, (score, position) => {
    if (Number.isNaN(score)) throw new RangeError(`${name}[${position}] is NaN`);
    return { score, isKnown };
  });
}

/** How many known and unknown examples pass each threshold, from the strictest; `scored` must fall. */
function countsByThreshold(scored: readonly Scored[]): Counts[] {
  const steps: Counts[] = [];
  let known = 0;
  let unknown = 0;
  scored.forEach(({ score, isKnown }, index) => {
    if (isKnown) known++;
    else unknown++;
    if (scored[index + 1]?.score !== score) steps.push({ known, unknown });
  });
  return steps;
}

/** The sum over thresholds of the gain in recall times the precision there. */
function averagePrecision(steps: readonly Counts[]): number {
  const positives = steps.at(-1)!.known;
  let before = 0;
  let area = 0;
  for (const { known, unknown } of steps) {
    area += ((known - before) / positives) * (known / (known + unknown));
    before = known;
  }
  return area;
}
