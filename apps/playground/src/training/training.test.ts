import { memory, ready, setBackend } from '@tensorflow/tfjs-core';
// Registers the gradients, too.
import '@tensorflow/tfjs';
import type { Dataset } from '@hyperspherical/datasets';
import { beforeAll, describe, expect, it } from 'vitest';
import { createTraining } from './training.js';

/** Digits that a bar's place tells apart. */
function bars(split: string, size: number): Dataset {
  const images = new Uint8Array(size * 784);
  const labels = Int32Array.from({ length: size }, (_, index) => index % 10);
  for (let image = 0; image < size; image += 1)
    for (let pixel = 0; pixel < 56; pixel += 1)
      images[image * 784 + labels[image]! * 2 * 28 + 56 + pixel] = 200 + (image % 50);
  return { name: 'bars', split, size, imageShape: [28, 28, 1], labels, images };
}

describe('the training of the page', () => {
  const digits = { train: bars('train', 128), test: bars('test', 40) };

  beforeAll(async () => {
    await setBackend('cpu');
    await ready();
  });

  it('teaches both networks, shows unit outputs, and leaves no tensor behind', async () => {
    const before = memory().numTensors;
    const training = await createTraining({ kind: 'classes', dimensions: 3, seed: 0 }, digits);
    const first = await training.measure();
    await training.step();
    const kept = memory().numTensors;
    for (let step = 0; step < 11; step += 1) await training.step();
    const last = await training.measure();
    expect(memory().numTensors).toBe(kept);
    expect(last.opponent).toBeGreaterThan(first.opponent + 0.3);
    expect(last.hyperspherical).toBeGreaterThan(first.hyperspherical + 0.1);
    expect(last.outputs.values).toHaveLength(40 * 3);
    for (let row = 0; row < 40; row += 1)
      expect(Math.hypot(...last.outputs.values.subarray(3 * row, 3 * row + 3))).toBeCloseTo(1, 5);
    training.dispose();
    expect(memory().numTensors).toBe(before);
  });

  it('gives the same numbers for the same seed, and others for another', async () => {
    const run = async (seed: number) => {
      const training = await createTraining({ kind: 'classes', dimensions: 2, seed }, digits);
      for (let step = 0; step < 1; step += 1) await training.step();
      const { outputs } = await training.measure();
      training.dispose();
      return outputs.values;
    };
    const [one, same, other] = [await run(0), await run(0), await run(1)];
    expect(same).toEqual(one);
    expect(other).not.toEqual(one);
  });

  it('places turned digits between the poles, and measures degrees', async () => {
    const training = await createTraining({ kind: 'rotation', seed: 0 }, digits);
    const first = await training.measure();
    for (let step = 0; step < 6; step += 1) await training.step();
    const last = await training.measure();
    training.dispose();
    // Half of the digits: 2, 3, 4, 5 and 7.
    expect(training.values).toHaveLength(20);
    expect(last.hyperspherical).toBeLessThan(first.hyperspherical);
    expect(last.predictions!.every((value) => value >= 0 && value <= 180)).toBe(true);
  });
});
