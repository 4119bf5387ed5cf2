import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Way } from '../testing/small-resnet.js';
import type { TrainedResnet } from '../testing/train-small-resnet.js';

const program = fileURLToPath(new URL('../testing/train-small-resnet.ts', import.meta.url));
const ways: readonly Way[] = ['plain', 'eager', 'graph'];

/** Made by resnet-float64.py. */
const float64 = JSON.parse(
  readFileSync(new URL('../testing/resnet-float64.json', import.meta.url), 'utf8'),
) as Pick<TrainedResnet, 'loss' | 'gradients' | 'samples'>;

async function train(way: Way, oneDnn: string): Promise<TrainedResnet> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--conditions=@hyperspherical/source', '--import', 'tsx', program, way],
    {
      env: {
        ...process.env,
        TF_ENABLE_ONEDNN_OPTS: oneDnn,
        TFJS_NATIVE_PLAIN: way === 'plain' ? '1' : '0',
      },
      maxBuffer: 2 ** 26,
    },
  );
  return JSON.parse(stdout) as TrainedResnet;
}

/** The length of the difference over the length of `expected`. */
function distance(values: readonly number[][], expected: readonly number[][]): number {
  const norm = (numbers: readonly number[]): number =>
    Math.sqrt(numbers.reduce((sum, value) => sum + value * value, 0));
  const all = expected.flat();
  return norm(values.flat().map((value, index) => value - all[index]!)) / norm(all);
}

describe.each([
  ['without oneDNN', '0'],
  ['with oneDNN', '1'],
])('a ResNet of 8 layers %s: plain TensorFlow.js, fused kernels and the graph', (_, oneDnn) => {
  const trained = {} as Record<Way, TrainedResnet>;

  beforeAll(async () => {
    for (const way of ways) trained[way] = await train(way, oneDnn);
  });

  it.each(ways)('give the loss and the gradients of float64: %s', (way) => {
    expect(trained[way].loss).toBeClose(float64.loss);
    // What float32 leaves of 24 bits after eight layers; plain TensorFlow.js lies at 8e-7.
    expect(distance(trained[way].gradients, float64.gradients)).toBeLessThan(2e-6);
    trained[way].gradients.forEach((values, index) => {
      expect(values).toBeClose(float64.gradients[index]!, { relative: 1e-5, absolute: 1e-5 });
    });
  });

  it('lie no further from float64 than plain TensorFlow.js, on average over twenty networks', () => {
    const average = (way: Way): number => {
      const distances = trained[way].samples.map((values, index) =>
        distance([values], [float64.samples[index]!]),
      );
      expect(distances).toHaveLength(20);
      return distances.reduce((sum, value) => sum + value, 0) / 20;
    };
    expect(average('graph')).toBeLessThanOrEqual(average('plain'));
    expect(average('eager')).toBeLessThanOrEqual(average('plain'));
  });

  it('agree over 50 steps with momentum, decay and another learning rate from the 31st on', () => {
    const { plain } = trained;
    expect(plain.losses.at(-1)).toBeLessThan(plain.losses[0]! / 3);
    for (const way of ['eager', 'graph'] as const) {
      expect(trained[way].losses).toBeClose(plain.losses, { relative: 1e-5, absolute: 1e-5 });
      expect(distance(trained[way].weights, plain.weights)).toBeLessThan(1e-5);
      expect(distance(trained[way].statistics, plain.statistics)).toBeLessThan(1e-5);
    }
  });
});
