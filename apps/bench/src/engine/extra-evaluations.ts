import {
  type CosineClassifier,
  largestCosine,
  type NearestMeanClassifier,
  type PrototypeClassifier,
  prototypesFromExamples,
  unknownClassMeasures,
} from '@hyperspherical/heads';
import { concat, equal, mean, slice, tensor1d, tidy, type Tensor2D } from '@tensorflow/tfjs-core';
import { collectOutputs, type CollectOutputsOptions } from './collect-outputs.js';
import type { ImageSet } from './data/image-set.js';
import type { AnyTaskHead } from './task/task.js';
import { UserError } from '../records/user-error.js';

/** Images of classes that training did not have. */
export interface OtherClasses {
  /** Test images of classes that stay unknown. */
  readonly unknown?: ImageSet;
  /** Of classes that are added after training, labelled from 0: a few training images of each, and their test images. */
  readonly added?: { readonly examples: ImageSet; readonly test: ImageSet };
}

/** What the extra evaluations are about. */
export interface ExtraEvaluationOptions extends CollectOutputsOptions {
  readonly head: AnyTaskHead;
  readonly test: ImageSet;
  readonly others: OtherClasses;
}

type ExtensibleHead = PrototypeClassifier | CosineClassifier | NearestMeanClassifier;

/**
 * What is measured once, after training. Of unknown classes: `unknownAuroc` (the chance that a known image scores above an unknown one)
 * and `unknownFalsePositiveRateAt95`, both by the largest score. Of classes added by a few examples, without training again:
 * `newClassAccuracy` and `oldClassAccuracy`, each image against all classes.
 *
 * @returns Undefined when the signal stops it.
 */
export async function extraEvaluations(
  options: ExtraEvaluationOptions,
): Promise<Readonly<Record<string, number>> | undefined> {
  const { others, test, head } = options;
  if (others.unknown === undefined && others.added === undefined) return {};
  const known = await collectOutputs(test, options);
  if (known === undefined) return undefined;
  try {
    const ofUnknown = others.unknown && (await judgeUnknown(known, others.unknown, options));
    const ofAdded = others.added && (await judgeAdded(known, others.added, options, extensible(head)));
    return options.signal.aborted ? undefined : { ...ofUnknown, ...ofAdded };
  } finally {
    known.dispose();
  }
}

async function judgeUnknown(
  known: Tensor2D,
  unknown: ImageSet,
  options: ExtraEvaluationOptions,
): Promise<Record<string, number>> {
  const outputs = await collectOutputs(unknown, options);
  if (outputs === undefined) return {};
  const largest = (of: Tensor2D) =>
    tidy(() => largestCosine((options.head as PrototypeClassifier).scores(of)).dataSync());
  const { auroc, falsePositiveRateAt95 } = unknownClassMeasures(largest(known), largest(outputs));
  outputs.dispose();
  return { unknownAuroc: auroc, unknownFalsePositiveRateAt95: falsePositiveRateAt95 };
}

async function judgeAdded(
  known: Tensor2D,
  { examples, test }: NonNullable<OtherClasses['added']>,
  options: ExtraEvaluationOptions,
  head: ExtensibleHead,
): Promise<Record<string, number>> {
  const outputs = await collectOutputs(examples, options);
  const unseen = await collectOutputs(test, options);
  if (outputs === undefined || unseen === undefined) {
    outputs?.dispose();
    unseen?.dispose();
    return {};
  }
  const labels = tensor1d(examples.labels!, 'int32');
  const prototypes = await prototypesFromExamples(outputs, labels, examples.classNames!.length);
  const extended = head.extend(prototypes);
  const oldClasses = options.test.classNames!.length;
  const accuracies = tidy(() => {
    const predicted = extended.predict(concat([known, unseen], 0));
    const truth = tensor1d(
      [...options.test.labels!, ...test.labels!.map((label) => label + oldClasses)],
      'int32',
    );
    const right = equal(predicted, truth).cast('float32');
    const count = known.shape[0];
    return {
      newClassAccuracy: mean(slice(right, count)).dataSync()[0]!,
      oldClassAccuracy: mean(slice(right, 0, count)).dataSync()[0]!,
    };
  });
  extended.dispose();
  for (const tensor of [outputs, unseen, labels]) tensor.dispose();
  return accuracies;
}

function extensible(head: AnyTaskHead): ExtensibleHead {
  if ('extend' in head && head.kind !== 'softmax-classifier' && head.kind !== 'ordinal-classifier')
    return head as unknown as ExtensibleHead;
  throw new UserError(
    `evaluation.newClasses needs a head whose classes have prototypes, and ${head.kind} has none; take prototype-classifier, cosine-classifier or nearest-mean-classifier.`,
  );
}
