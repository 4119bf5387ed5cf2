import { tensor4d, tidy, type Tensor1D } from '@tensorflow/tfjs-core';
import type { Model } from '../../engine/model/read-model.js';
import { UserError } from '../../records/user-error.js';
import { readImages } from './read-images.js';
import { refuseNotFinite } from './refuse-not-finite.js';

/** Images a call of the network, so that any number of files fits into memory. */
const batchSize = 100;

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
 * @throws UserError that names the file that is missing or no image, or for which the model gives a number that is not finite.
 */
export async function predictImages(
  model: Model,
  paths: readonly string[],
  { top }: { readonly top: number },
): Promise<ImagePrediction[]> {
  const predictions: ImagePrediction[] = [];
  for (let first = 0; first < paths.length; first += batchSize) {
    predictions.push(...(await predictBatch(model, paths.slice(first, first + batchSize), top)));
  }
  return predictions;
}

async function predictBatch(
  { description, backbone, head }: Model,
  paths: readonly string[],
  top: number,
): Promise<ImagePrediction[]> {
  const { imageShape, normalise, task, classNames } = description;
  const images = await readImages(paths, imageShape, normalise, description.images?.mask);
  const said = tidy(() => {
    const outputs = backbone.apply(tensor4d(images, [paths.length, ...imageShape]), { training: false });
    const values = valuesOf(head.predict(outputs), task);
    const scores = head.scores(outputs);
    return {
      outputs: outputs.dataSync<'float32'>(),
      scores: scores.dataSync<'float32'>(),
      columns: scores.shape[1],
      ...(values && { values: values.dataSync<'float32'>() }),
    };
  });
  const nameOf = (row: number): string => paths[row]!;
  refuseNotFinite(said.outputs, said.outputs.length / paths.length, nameOf, backbone);
  refuseNotFinite(said.scores, said.columns, nameOf, backbone);
  if (said.values) refuseNotFinite(said.values, 1, nameOf, backbone);
  // A column after those of the classes is of the value.
  const classes = said.columns - (task === 'joint' ? 1 : 0);
  if (task !== 'regression' && classNames && classNames.length !== classes) {
    throw new UserError(
      `The model has ${classNames.length} names of classes (classNames of model.json), and its head has ${classes} classes.`,
      { exitCode: 1 },
    );
  }
  return paths.map((image, row) => {
    const scores = said.scores.subarray(row * said.columns, row * said.columns + classes);
    return {
      image,
      ...(task !== 'regression' && { classes: bestClasses(scores, classNames, top) }),
      ...(said.values && { value: said.values[row]! }),
    };
  });
}

function valuesOf(
  prediction: ReturnType<Model['head']['predict']>,
  task: Model['description']['task'],
): Tensor1D | undefined {
  if (task === 'classification') return undefined;
  return 'values' in prediction ? prediction.values : (prediction as Tensor1D);
}

function bestClasses(
  scores: Float32Array,
  classNames: readonly string[] | undefined,
  top: number,
): ClassScore[] {
  return Array.from(scores, (score, label) => ({
    label,
    name: classNames?.[label] ?? `class ${label}`,
    score,
  }))
    .sort((left, right) => right.score - left.score)
    .slice(0, top);
}
