import { layers, Optimizer } from '@tensorflow/tfjs';

/** What tf.layers and tf.train call on each layer and optimizer that is used. */
const methods: readonly (readonly [prototype: object, name: string])[] = [
  [layers.Layer.prototype, 'apply'],
  [Optimizer.prototype, 'minimize'],
  [Optimizer.prototype, 'computeGradients'],
  [Optimizer.prototype, 'incrementIterations'],
];

type Method = (this: object, ...values: unknown[]) => unknown;

/** Calls `found` before each use of a layer of tf.layers or an optimizer of tf.train; returns what ends it. */
export function watchUse(found: (used: object) => void): () => void {
  const plain = methods.map(([prototype, name]) => Object.getOwnPropertyDescriptor(prototype, name)!);
  methods.forEach(([prototype, name], index) => {
    const method = plain[index]!.value as Method;
    const watched: Method = function (...values) {
      found(this);
      return method.apply(this, values);
    };
    Object.defineProperty(prototype, name, { ...plain[index], value: watched });
  });
  return () => {
    methods.forEach(([prototype, name], index) => {
      Object.defineProperty(prototype, name, plain[index]!);
    });
  };
}
