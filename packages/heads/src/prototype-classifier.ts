import { normaliseRows, squaredCosineLoss } from '@hyperspherical/losses';
import { gather, matMul, type Tensor1D, tensor2d, type Tensor2D, tidy } from '@tensorflow/tfjs-core';
import { checkLabelShape, checkOutputs, checkScores } from './check-outputs.js';
import { checkPrototypes } from './check-prototypes.js';
import { largestScore, squaredCosineOfScores } from './class-scores.js';
import { extendWeights, labelWeighting } from './class-weighting.js';
import { extendPrototypes } from './extend-prototypes.js';
import type { Head } from './head.js';
import type { ClassWeighting, PrototypeClassifierConfiguration } from './head-configuration.js';
import { keptTensor } from './kept-tensor.js';
import { prototypesToJSON } from './prototypes-configuration.js';
import type { Prototypes } from '@hyperspherical/prototypes';
import { noLabels, withEmptyBatches } from './with-empty-batches.js';

/** What a prototype classifier is made of. */
export interface PrototypeClassifierOptions extends ClassWeighting {
  /** One unit row a class; fixed, never trained. */
  readonly prototypes: Prototypes;
}

/** A classifier that draws outputs to fixed points on the sphere. Targets are int32 labels `[batch]`. */
export interface PrototypeClassifier extends Head<Tensor1D, Tensor1D> {
  readonly kind: 'prototype-classifier';
  toJSON(): PrototypeClassifierConfiguration;
  readonly prototypes: Prototypes;
  /** The same head with further classes after its own; the network stays as it is. */
  extend(prototypes: Prototypes): PrototypeClassifier;
}

/**
 * The classifier of hyperspherical prototype networks: loss `(1 - cos(z, p_y))^2`, scores `cos(z, p_k)`, prediction
 * `argmax_k cos(z, p_k)`.
 *
 * @throws {RangeError} if prototypes are not unit rows or two of them are the same, or class weights are out of range
 * @see Mettes, van der Pol and Snoek, Hyperspherical Prototype Networks, NeurIPS 2019, section 2.1
 * @example
 * const head = prototypeClassifier({ prototypes: await createPrototypes({ classes: 10, dimensions: 9 }) });
 * const loss = reduce(head.loss(network(images), labels), 'mean');
 */
export function prototypeClassifier(options: PrototypeClassifierOptions): PrototypeClassifier {
  const prototypes = checkPrototypes(options.prototypes);
  const kind = 'prototype-classifier';
  const { classes, dimensions, values } = prototypes;
  const weighting = labelWeighting(options, classes);
  const rows = keptTensor(() => tensor2d(values, [classes, dimensions]));
  const scores = (outputs: Tensor2D) => {
    checkOutputs(kind, outputs, dimensions);
    return tidy(() => matMul<Tensor2D>(normaliseRows(outputs), rows.get(), false, true));
  };
  const predictionOfScores = (cosines: Tensor2D) => {
    checkScores(kind, cosines, classes);
    return largestScore(cosines);
  };
  const head: PrototypeClassifier = {
    kind,
    prototypes,
    outputDimensions: dimensions,
    scoreColumns: classes,
    variables: [],
    trainableVariables: [],
    loss: (outputs, labels) => {
      checkOutputs(kind, outputs, dimensions);
      checkLabelShape(labels, outputs.shape[0]);
      return tidy(() => {
        const targets = gather(rows.get(), weighting.counted(labels));
        return weighting.weigh(squaredCosineLoss(outputs, targets), labels);
      });
    },
    scores,
    predict: (outputs) => tidy(() => predictionOfScores(scores(outputs))),
    lossOfScores: (cosines, labels) => {
      checkScores(kind, cosines, classes);
      checkLabelShape(labels, cosines.shape[0]);
      return tidy(() => weighting.weigh(squaredCosineOfScores(cosines, weighting.counted(labels)), labels));
    },
    predictionOfScores,
    extend: (added) =>
      prototypeClassifier({
        ...extendWeights(options, added.classes),
        prototypes: extendPrototypes(prototypes, added),
      }),
    toJSON: () => ({ kind, prototypes: prototypesToJSON(prototypes), ...weighting.json }),
    dispose: () => {
      rows.dispose();
      weighting.dispose();
    },
  };
  return withEmptyBatches(head, noLabels);
}
