import { tensor4d, tidy, type Tensor1D } from '@tensorflow/tfjs-core';
import type { Model } from '../model/read-model.js';
import { readImages } from './read-images.js';

/** A class and how likely it is in the head's own terms: a cosine or a logit. */
export interface ClassScore {
  readonly label: number;
  readonly name: string;
  readonly score: number;
}

/** What a model says of one image. */
export interface ImagePrediction {
  readonly image: string;
  /** The likeliest classes, the best first, where the model tells classes. */
  readonly classes?: readonly ClassScore[];
  /** In its unit, where the model tells a value. */
  readonly value?: number;
}

/**
 * Predicts image files.
 *
 * @param options.top - How many classes to tell of each.
 */
export async function predictImages(
  { description, backbone, head }: Model,
  paths: readonly string[],
  { top }: { readonly top: number },
): Promise<ImagePrediction[]> {
  const { imageShape, normalise, task, classNames = [] } = description;
  const images = await readImages(paths, imageShape, normalise);
  const said = tidy(() => {
    const outputs = backbone.apply(tensor4d(images, [paths.length, ...imageShape]), { training: false });
    const values = valuesOf(head.predict(outputs), task);
    return {
      scores: head.scores(outputs).arraySync(),
      ...(values && { values: Array.from(values.dataSync()) }),
    };
  });
  return paths.map((image, index) => ({
    image,
    ...(task !== 'regression' && { classes: bestClasses(said.scores[index]!, classNames, top) }),
    ...(said.values && { value: said.values[index]! }),
  }));
}

function valuesOf(
  prediction: ReturnType<Model['head']['predict']>,
  task: Model['description']['task'],
): Tensor1D | undefined {
  if (task === 'classification') return undefined;
  return 'values' in prediction ? prediction.values : (prediction as Tensor1D);
}

function bestClasses(scores: readonly number[], classNames: readonly string[], top: number): ClassScore[] {
  // Columns after those of the classes are of values.
  return classNames
    .map((name, label) => ({ label, name, score: scores[label]! }))
    .sort((left, right) => right.score - left.score)
    .slice(0, top);
}
