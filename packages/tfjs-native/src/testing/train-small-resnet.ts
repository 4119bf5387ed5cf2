// Trains the small ResNet for 50 steps in one of three ways and prints what came out as JSON. A program of its own, for some
// of the ways are settings of the process: TF_ENABLE_ONEDNN_OPTS, TFJS_NATIVE_PLAIN.
import * as tf from '@tensorflow/tfjs';
import { compile } from '../compile/compile.js';
import { createSgd } from '../index.js';
import { smallResnet, waves, type SmallResnet, type Way } from './small-resnet.js';

/** What the program prints. */
export interface TrainedResnet {
  readonly loss: number;
  /** Of each weight, at the start. */
  readonly gradients: number[][];
  /** Every 16th number of the gradients of each of twenty other networks. */
  readonly samples: number[][];
  /** Of the steps, with another learning rate from the 31st on. */
  readonly losses: number[];
  /** After the steps. */
  readonly weights: number[][];
  readonly statistics: number[][];
}

const way = process.argv[2] as Way;
const network = smallResnet(way);
const gradientsOf = (resnet: SmallResnet): ((images: tf.Tensor4D) => tf.Tensor[]) => {
  const step = (images: tf.Tensor4D): tf.Tensor[] => {
    const { value, grads } = tf.variableGrads(() => resnet.loss(images), [...resnet.weights]);
    return [value, ...resnet.weights.map(({ name }) => grads[name]!)];
  };
  return way === 'graph' ? compile(step) : step;
};
const startGradients = gradientsOf(network);
const start = network.statistics.map((variable) => variable.clone());
let [loss, ...gradients] = startGradients(network.images);
// As a graph the third call is the first that the step has no part in.
for (let call = 0; call < 2; call++) [loss, ...gradients] = startGradients(network.images);
network.statistics.forEach((variable, index) => {
  variable.assign(start[index]!);
});

const sgd = createSgd([...network.weights], { momentum: 0.9, weightDecay: 1e-3 });
const trainingStep = (images: tf.Tensor4D, rate: tf.Scalar): tf.Scalar => {
  const { value, grads } = tf.variableGrads(() => network.loss(images), [...network.weights]);
  sgd.step(grads, rate);
  return value;
};
const step = way === 'graph' ? compile(trainingStep) : trainingStep;
const losses = Array.from({ length: 50 }, (_, index) => {
  const images = tf.tidy(() => tf.add<tf.Tensor4D>(network.images, waves([8, 12, 12, 3], index, 0.1)));
  return step(images, tf.scalar(index < 30 ? 0.02 : 0.002)).dataSync()[0]!;
});

function numbers(tensor: tf.Tensor): number[] {
  return Array.from(tensor.dataSync());
}

const samples = Array.from({ length: 20 }, (_, index) => {
  const other = smallResnet(way, index + 1);
  const [, ...gradients] = gradientsOf(other)(other.images);
  return gradients.flatMap(numbers).filter((_, place) => place % 16 === 0);
});

const trained: TrainedResnet = {
  loss: loss!.dataSync()[0]!,
  gradients: gradients.map(numbers),
  samples,
  losses,
  weights: network.weights.map(numbers),
  statistics: network.statistics.map(numbers),
};
process.stdout.write(JSON.stringify(trained));
