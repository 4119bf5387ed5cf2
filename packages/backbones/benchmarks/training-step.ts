/**
 * One training step with fused native kernels against the same step without them, on the native backend: interleaved
 * rounds in one process, and the median of each round's ratio, so that other work on the machine does not decide.
 *
 *   node --conditions=@hyperspherical/source --import tsx packages/backbones/benchmarks/training-step.ts [--json]
 *     [--depth 8] [--batch 128] [--steps 5] [--rounds 7]
 */
import { parseArgs } from 'node:util';
import '@hyperspherical/tfjs-native';
import {
  dispose,
  getKernel,
  mul,
  randomNormal,
  registerKernel,
  square,
  sub,
  sum,
  tidy,
  unregisterKernel,
  variableGrads,
  type Rank,
  type Scalar,
} from '@tensorflow/tfjs';
import { createBackbone } from '../src/index.js';

const { values: flags } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    depth: { type: 'string', default: '8' },
    batch: { type: 'string', default: '128' },
    steps: { type: 'string', default: '5' },
    rounds: { type: 'string', default: '7' },
  },
});
const [depth, batch, steps, rounds] = [flags.depth, flags.batch, flags.steps, flags.rounds].map(Number) as [
  number,
  number,
  number,
  number,
];

const fusedKernels = ['FusedBatchNormV3', 'FusedBatchNormInferenceGrad', 'ReluGrad', 'BroadcastTo'].map(
  (name) => getKernel(name, 'tensorflow'),
);
const backbone = createBackbone({ kind: 'cifar-resnet', depth, outputDimensions: 50 });
const images = randomNormal<Rank.R4>([batch, 32, 32, 3], 0, 1, 'float32', 1);

function step(): void {
  const { value, grads } = variableGrads(
    () => sum<Scalar>(square(sub(backbone.apply(images, { training: true }), 1))),
    [...backbone.trainableVariables],
  );
  tidy(() => {
    for (const variable of backbone.trainableVariables) {
      variable.assign(sub(variable, mul(grads[variable.name]!, 1e-5)));
    }
  });
  value.dataSync();
  dispose([value, ...Object.values(grads)]);
}

function millisecondsPerStep(): number {
  step();
  const start = performance.now();
  for (let index = 0; index < steps; index += 1) step();
  return (performance.now() - start) / steps;
}

function withoutFusedKernels<T>(run: () => T): T {
  for (const { kernelName, backendName } of fusedKernels) unregisterKernel(kernelName, backendName);
  try {
    return run();
  } finally {
    fusedKernels.forEach(registerKernel);
  }
}

const median = (values: readonly number[]): number =>
  values.toSorted((left, right) => left - right)[Math.floor(values.length / 2)]!;

const measured = Array.from({ length: rounds }, () => ({
  fused: millisecondsPerStep(),
  plain: withoutFusedKernels(millisecondsPerStep),
}));
const result = {
  backbone: `cifar-resnet ${depth}`,
  batch,
  rounds,
  fusedMilliseconds: median(measured.map(({ fused }) => fused)),
  plainMilliseconds: median(measured.map(({ plain }) => plain)),
  ratio: median(measured.map(({ fused, plain }) => plain / fused)),
};
if (flags.json) console.log(JSON.stringify(result));
else console.table([result]);
