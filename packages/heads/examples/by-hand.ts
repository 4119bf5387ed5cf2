// A training loop of one's own: variables, a head, an optimiser. Run it with
//   node --conditions=@hyperspherical/source --import tsx packages/heads/examples/by-hand.ts
import '@tensorflow/tfjs';
import { fileURLToPath } from 'node:url';
import { accuracy, prototypeClassifier } from '@hyperspherical/heads';
import { reduce } from '@hyperspherical/losses';
import { createPrototypes } from '@hyperspherical/prototypes';
import {
  add,
  dispose,
  matMul,
  randomNormal,
  type Rank,
  relu,
  type Tensor2D,
  tidy,
  train,
  variable,
  zeros,
} from '@tensorflow/tfjs-core';
import { blobs } from './blobs.js';

/** Trains a two-layer network on blobs; returns the accuracy on blobs that it has not seen. */
export async function trainByHand(steps = 60): Promise<number> {
  const head = prototypeClassifier({ prototypes: await createPrototypes({ classes: 4, dimensions: 3 }) });

  // `variable` copies its start, so tidy frees that.
  const normal = (shape: [number, number], seed: number) =>
    tidy(() => variable(randomNormal<Rank.R2>(shape, 0, 0.3, 'float32', seed)));
  const hidden = normal([8, 16], 1);
  const weights = normal([16, head.outputDimensions], 2);
  const bias = tidy(() => variable(zeros<Rank.R1>([head.outputDimensions])));
  const network = (points: Tensor2D) =>
    add<Tensor2D>(matMul(relu(matMul<Tensor2D>(points, hidden as Tensor2D)), weights as Tensor2D), bias);

  const optimiser = train.sgd(0.5);
  const { points, labels } = blobs(200, 3);
  for (let step = 0; step < steps; step++) {
    optimiser.minimize(() => reduce(head.loss(network(points), labels), 'mean'));
  }

  const unseen = blobs(200, 4);
  const share = tidy(() => accuracy(head.predict(network(unseen.points)), unseen.labels).dataSync()[0]!);
  dispose([hidden, weights, bias, points, labels, unseen.points, unseen.labels]);
  optimiser.dispose();
  head.dispose();
  return share;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  console.log(`accuracy on unseen points: ${await trainByHand()}`);
}
