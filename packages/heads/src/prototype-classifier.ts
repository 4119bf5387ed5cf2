import { normaliseRows, squaredCosineLoss } from '@hyperspherical/losses';
import { argMax, gather, matMul, type Tensor1D, tensor2d, type Tensor2D, tidy } from '@tensorflow/tfjs-core';
import { checkLabelShape, checkOutputs } from './check-outputs.js';
import { checkPrototypes } from './check-prototypes.js';
import { type Head } from './head.js';
import { keptTensor } from './kept-tensor.js';
import { prototypesToJSON } from './prototypes-configuration.js';
import { type Prototypes } from './prototypes-shape.js';

/** What a prototype classifier is made of. */
export interface PrototypeClassifierOptions {
  /** One unit row a class; fixed, never trained. */
  readonly prototypes: Prototypes;
}

/** A classifier that draws outputs to fixed points on the sphere. Targets are int32 labels `[batch]`. */
export interface PrototypeClassifier extends Head<Tensor1D, Tensor1D> {
  readonly kind: 'prototype-classifier';
  readonly prototypes: Prototypes;
}

/**
 * The classifier of hyperspherical prototype networks: loss `(1 - cos(z, p_y))^2`, scores `cos(z, p_k)`, prediction
 * `argmax_k cos(z, p_k)`.
 *
 * @throws {RangeError} if prototypes are not unit rows, or two of them are the same
 * @see Mettes, van der Pol and Snoek, Hyperspherical Prototype Networks, NeurIPS 2019, section 2.1
 * @example
 * const head = prototypeClassifier({ prototypes: await createPrototypes({ classes: 10, dimensions: 9 }) });
 * const loss = reduce(head.loss(network(images), labels), 'mean');
 */
export function prototypeClassifier({ prototypes }: PrototypeClassifierOptions): PrototypeClassifier {
  checkPrototypes(prototypes);
  const kind = 'prototype-classifier';
  const { classes, dimensions, values } = prototypes;
  const rows = keptTensor(() => tensor2d(values, [classes, dimensions]));
  const scores = (outputs: Tensor2D) => {
    checkOutputs(kind, outputs, dimensions);
    return tidy(() => matMul<Tensor2D>(normaliseRows(outputs), rows.get(), false, true));
  };
  return {
    kind,
    prototypes,
    outputDimensions: dimensions,
    variables: [],
    trainableVariables: [],
    loss: (outputs, labels) => {
      checkOutputs(kind, outputs, dimensions);
      checkLabelShape(labels, outputs.shape[0]);
      return tidy(() => squaredCosineLoss(outputs, gather(rows.get(), labels)));
    },
    scores,
    predict: (outputs) => tidy(() => argMax<Tensor1D>(scores(outputs), -1)),
    toJSON: () => ({ kind, prototypes: prototypesToJSON(prototypes) }),
    dispose: () => {
      rows.dispose();
    },
  };
}
