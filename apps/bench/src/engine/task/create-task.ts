import {
  boundsFromTargets,
  cosineClassifier,
  jointHead,
  linearRegressor,
  nearestMeanClassifier,
  ordinalClassifier,
  prototypeClassifier,
  prototypeRegressor,
  softmaxClassifier,
  type Standard,
  standardFromTargets,
} from '@hyperspherical/heads';
import { createClassPrototypes } from './create-class-prototypes.js';
import type { Experiment } from '../../experiment/experiment-schema.js';
import { contrastiveClassifier } from './contrastive-classifier.js';
import { multiTaskHead } from './multi-task-head.js';
import { simplexLogitClassifier } from './simplex-logit-classifier.js';
import type { ImageSet } from '../data/image-set.js';
import { classificationTask, jointTask, regressionTask, type Task } from './task.js';
import { UserError } from '../../records/user-error.js';

/**
 * Builds the head that an experiment describes, with its prototypes and with the bounds of the training values.
 *
 * @throws UserError when the data has no labels or no values and the head needs them.
 */
export async function createTask(
  { head, seed }: Experiment,
  train: ImageSet,
  signal?: AbortSignal,
): Promise<Task> {
  const classes = (): number => classNamesOf(train).length;
  const prototypes = (choice: Parameters<typeof createClassPrototypes>[0]) =>
    createClassPrototypes(choice, { classNames: classNamesOf(train), seed, signal });
  const bounds = () => {
    const [lower, upper] = train.valueBounds ?? [];
    return lower === undefined || upper === undefined ? boundsFromTargets(valuesOf(train)) : { lower, upper };
  };
  switch (head.kind) {
    case 'prototype-classifier':
      return classificationTask(prototypeClassifier({ prototypes: await prototypes(head.prototypes) }));
    case 'softmax-classifier':
      return classificationTask(softmaxClassifier({ classes: classes() }));
    case 'cosine-classifier': {
      const { learned, loss, scale, margin } = head;
      return classificationTask(
        cosineClassifier({
          prototypes: await prototypes(head.prototypes),
          learned,
          loss,
          ...(scale === undefined ? {} : { scale }),
          ...(margin === undefined ? {} : { margin }),
        }),
      );
    }
    case 'simplex-logit-classifier':
      return classificationTask(simplexLogitClassifier({ classes: classes(), scale: head.scale }));
    case 'nearest-mean-classifier': {
      const classifier = nearestMeanClassifier({
        means: await prototypes(head.prototypes),
        decay: head.decay,
      });
      return {
        ...classificationTask(classifier),
        ...(head.update === 'step'
          ? {
              afterLoss: (outputs, { labels }) => {
                classifier.update(outputs, labels!);
              },
            }
          : { afterEpoch: classifier.recompute.bind(classifier) }),
      };
    }
    case 'contrastive-classifier': {
      const { dimensions, temperature } = head;
      const classifier = contrastiveClassifier({ classes: classes(), dimensions, temperature, seed });
      return { ...classificationTask(classifier), afterEpoch: classifier.recompute.bind(classifier) };
    }
    case 'ordinal-classifier': {
      const { distance, decoding } = head;
      return classificationTask(ordinalClassifier({ classes: classes(), distance, decoding }));
    }
    case 'prototype-regressor': {
      const { dimensions, clamp } = head;
      return regressionTask(prototypeRegressor({ bounds: bounds(), dimensions, clamp }), train.valueUnit);
    }
    case 'linear-regressor':
      return regressionTask(
        linearRegressor({ standards: standardOf(train, head.standardise) }),
        train.valueUnit,
      );
    case 'joint': {
      const { weights, layout, clamp } = head;
      return jointTask(
        jointHead({
          prototypes: await prototypes(head.prototypes),
          bounds: bounds(),
          weights,
          layout,
          clamp,
        }),
      );
    }
    case 'multi-task':
      return jointTask(
        multiTaskHead({
          classes: classes(),
          weights: head.weights,
          standard: standardOf(train, head.standardise),
        }),
      );
  }
}

function classNamesOf({ name, classNames, labels }: ImageSet): readonly string[] {
  if (classNames === undefined || labels === undefined)
    throw new UserError(`The dataset ${name} has no classes, which the head needs. Take a regressor.`);
  return classNames;
}

function valuesOf({ name, values }: ImageSet): Float32Array {
  if (values === undefined)
    throw new UserError(`The dataset ${name} has no values, which the head needs. Take a classifier.`);
  return values;
}

function standardOf(train: ImageSet, standardise: boolean): Standard {
  const values = valuesOf(train);
  return standardise ? standardFromTargets(values) : { mean: 0, deviation: 1 };
}
