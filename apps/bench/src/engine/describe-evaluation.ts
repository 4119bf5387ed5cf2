import { isDeepStrictEqual } from 'node:util';
import { projectionOf } from '@hyperspherical/drawing';
import type { Evaluation } from './evaluate.js';
import { mostConfusedClasses, type EvaluationDetails } from '../records/evaluation-details.js';
import type { ImageSet } from './data/image-set.js';

type Point = [number, number, number];

/** The most test images that the scatter of values shows. */
const mostPredictions = 1000;

/** Where outputs and prototypes are shown. */
export interface SphereView {
  readonly projection: 'exact' | 'principal-axes';
  readonly prototypes: readonly Point[];
  place(output: ArrayLike<number>): Point;
}

/**
 * A view of the sphere in three dimensions: as it is where it has two or three, else along the principal axes of the prototypes.
 *
 * @param prototypes - The head's points at the time of the evaluation: class prototypes, means, poles.
 */
export function sphereView(prototypes: readonly ArrayLike<number>[]): SphereView | undefined {
  const dimensions = prototypes[0]?.length ?? 0;
  if (dimensions < 2) return undefined;
  const projection = projectionOf(prototypes);
  const place = (row: ArrayLike<number>): Point => {
    let length = 0;
    for (let index = 0; index < dimensions; index += 1) length += row[index]! ** 2;
    const unit = Array.from({ length: dimensions }, (_, index) => row[index]! / (Math.sqrt(length) || 1));
    const [x, y, z] = projection.place(unit);
    return [round(x), round(y), round(z)];
  };
  return { projection: projection.kind, prototypes: prototypes.map(place), place };
}

/**
 * The view of a head whose points may move: it depends on where they are now and on nothing before, so that an interrupted run shows
 * what an uninterrupted one does. It is computed again only when they have moved.
 */
export function viewsOf(points: () => readonly ArrayLike<number>[]): () => SphereView | undefined {
  let seen:
    { readonly points: readonly ArrayLike<number>[]; readonly view: SphereView | undefined } | undefined;
  return () => {
    const now = points();
    if (seen === undefined || !isDeepStrictEqual(seen.points, now))
      seen = { points: now, view: sphereView(now) };
    return seen.view;
  };
}

/** What `evaluation.json` says of an epoch's test. */
export function describeEvaluation(
  epoch: number,
  test: ImageSet,
  evaluation: Evaluation,
  view: SphereView | undefined,
): EvaluationDetails {
  const { predictedLabels, predictedValues, outputs } = evaluation;
  const { labels, values, classNames, valueName, valueUnit } = test;
  return {
    schemaVersion: 1,
    epoch,
    ...(predictedLabels &&
      classNames && {
        classNames: [...classNames],
        ...(classNames.length <= mostConfusedClasses && {
          confusion: confusionMatrix(labels!, predictedLabels, classNames.length),
        }),
      }),
    ...(predictedValues && {
      predictions: Array.from(
        predictedValues.subarray(0, mostPredictions),
        (prediction, index): [number, number] => [round(values![index]!), round(prediction)],
      ),
      ...(valueName === undefined ? {} : { valueName }),
      ...(valueUnit === undefined ? {} : { valueUnit }),
    }),
    ...(view && {
      sphere: {
        projection: view.projection,
        outputs: outputs.map((output) => view.place(output)),
        ...(labels && { labels: Array.from(labels.subarray(0, outputs.length)) }),
        ...(values && { values: Array.from(values.subarray(0, outputs.length), round) }),
        prototypes: [...view.prototypes],
      },
    }),
  };
}

function confusionMatrix(labels: Int32Array, predicted: Int32Array, classes: number): number[][] {
  const counts = Array.from({ length: classes }, () => Array.from({ length: classes }, () => 0));
  for (let index = 0; index < labels.length; index += 1) {
    const row = counts[labels[index]!]!;
    const column = predicted[index]!;
    row[column] = (row[column] ?? 0) + 1;
  }
  return counts;
}

function round(value: number): number {
  return Math.round(value * 1e4) / 1e4;
}
