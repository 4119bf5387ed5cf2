import { tensorsLeft } from '@hyperspherical/testing';
import { engine, scalar, tensor1d, type Tensor } from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import '../index.js';

const inputs = {
  weight: tensor1d([1, -2]),
  velocity: tensor1d([0.5, 0]),
  gradient: tensor1d([3, 4]),
  learningRate: scalar(0.1),
  momentum: scalar(0.9),
  weightDecay: scalar(0.01),
};

const update = (nesterov?: boolean): Tensor[] =>
  engine().runKernel<Tensor[]>('MomentumUpdate', inputs, nesterov === undefined ? {} : { nesterov });

describe('MomentumUpdate', () => {
  it('gives the new weight and velocity', () => {
    const [weight, velocity] = update();
    // g = [3.01, 3.98], v = [0.45 + 3.01, 3.98]
    expect(velocity).toBeClose([3.46, 3.98]);
    expect(weight).toBeClose([1 - 0.346, -2 - 0.398]);
  });

  it('looks ahead with nesterov', () => {
    const [weight, velocity] = update(true);
    expect(velocity).toBeClose([3.46, 3.98]);
    expect(weight).toBeClose([1 - 0.1 * (3.01 + 0.9 * 3.46), -2 - 0.1 * (3.98 + 0.9 * 3.98)]);
  });

  it('leaves its inputs as they are and no tensor behind', () => {
    for (const nesterov of [false, true]) expect(tensorsLeft(() => update(nesterov))).toBe(0);
    expect(inputs.weight).toBeClose([1, -2]);
    expect(inputs.velocity).toBeClose([0.5, 0]);
  });
});
