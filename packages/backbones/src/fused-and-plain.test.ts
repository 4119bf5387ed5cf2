import {
  getKernel,
  mul,
  registerKernel,
  setBackend,
  square,
  sub,
  sum,
  tensor4d,
  tidy,
  unregisterKernel,
  variableGrads,
  type Scalar,
  type Tensor4D,
} from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import '../test/backends.js';
import type { Backbone } from './backbone.js';
import { createBackbone } from './create-backbone.js';

beforeAll(async () => {
  await setBackend('tensorflow');
});

const fused = ['FusedBatchNormV3', 'FusedBatchNormInferenceGrad', 'ReluGrad', 'BroadcastTo'];

/** Runs with plain tfjs: the native backend as tfjs-node has it. */
function withoutFusedKernels<T>(run: () => T): T {
  const kernels = fused.map((name) => getKernel(name, 'tensorflow'));
  for (const { kernelName, backendName } of kernels) unregisterKernel(kernelName, backendName);
  try {
    return run();
  } finally {
    kernels.forEach(registerKernel);
  }
}

function gradientsOf(
  backbone: Backbone,
  images: Tensor4D,
): { loss: number; gradients: Map<string, Float32Array> } {
  const { value, grads } = tidy(() =>
    variableGrads(
      () => sum<Scalar>(square(sub(backbone.apply(images, { training: true }), 1))),
      [...backbone.trainableVariables],
    ),
  );
  const gradients = backbone.trainableVariables.map(
    ({ name }) => [name.replace(/^.*\//, ''), grads[name]!.dataSync<'float32'>()] as const,
  );
  tidy(() => {
    for (const variable of backbone.trainableVariables) {
      variable.assign(sub(variable, mul(grads[variable.name]!, 0.002)));
    }
  });
  return { loss: value.dataSync()[0]!, gradients: new Map(gradients) };
}

describe('fused native kernels and plain tfjs', () => {
  it.each(['convolution', 'projection', 'padding'] as const)(
    'agree on losses, gradients and running statistics over five steps of a small network with shortcuts by %s',
    (shortcut) => {
      const options = {
        kind: 'cifar-resnet',
        depth: 8,
        width: 4,
        outputDimensions: 3,
        shortcut,
        seed: 2,
      } as const;
      const numbers = Float32Array.from({ length: 4 * 8 * 8 * 3 }, (_, index) => Math.sin(index ** 2));
      const images = tensor4d(numbers, [4, 8, 8, 3]);
      const [ours, plain] = [createBackbone(options), createBackbone(options)];
      for (let step = 0; step < 5; step += 1) {
        const actual = gradientsOf(ours, images);
        const wanted = withoutFusedKernels(() => gradientsOf(plain, images));
        expect(actual.loss).toBeClose(wanted.loss);
        for (const [name, gradient] of actual.gradients) {
          const expected = wanted.gradients.get(name)!;
          // The tolerance is relative to the variable's largest gradient: small ones are sums that cancel.
          const scale = Math.max(...expected.map(Math.abs));
          expect(gradient, `step ${step}, ${name}`).toBeClose(expected, {
            absolute: 1e-5 * Math.max(1, scale),
          });
        }
      }
      for (const [index, { name, values }] of ours.weights().entries()) {
        expect(values, name).toBeClose(plain.weights()[index]!.values, { absolute: 1e-5 });
      }
      ours.dispose();
      plain.dispose();
      images.dispose();
    },
  );
});
