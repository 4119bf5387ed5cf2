import { describe, expect, it } from 'vitest';
import { describeEvaluation, sphereView } from './describe-evaluation.js';
import { evaluationDetailsSchema } from '../records/evaluation-details.js';
import { spherePoints } from './task/sphere-points.js';

const test = {
  name: 'three',
  split: 'test',
  size: 3,
  imageShape: [1, 1, 1],
  images: new Uint8Array(3),
  labels: Int32Array.of(0, 1, 1),
  classNames: ['a', 'b'],
} as const;

describe('describeEvaluation', () => {
  it('counts true classes in rows and predicted ones in columns', () => {
    const evaluation = { loss: 0, metrics: {}, predictedLabels: Int32Array.of(0, 0, 1), outputs: [] };
    const details = describeEvaluation(4, test, evaluation, undefined);
    expect(details).toEqual({
      schemaVersion: 1,
      epoch: 4,
      classNames: ['a', 'b'],
      confusion: [
        [1, 0],
        [1, 1],
      ],
    });
    expect(evaluationDetailsSchema.parse(details)).toEqual(details);
  });

  it('pairs values with predictions, in their unit', () => {
    const { name, split, size, imageShape, images } = test;
    const valued = {
      ...{ name, split, size, imageShape, images },
      values: Float32Array.of(10, 20, 30),
      valueName: 'angle',
      valueUnit: 'degrees',
    };
    const evaluation = { loss: 0, metrics: {}, predictedValues: Float32Array.of(11, 19, 33), outputs: [] };
    const details = describeEvaluation(1, valued, evaluation, undefined);
    expect(details).toMatchObject({
      predictions: [
        [10, 11],
        [20, 19],
        [30, 33],
      ],
      valueName: 'angle',
      valueUnit: 'degrees',
    });
    expect(evaluationDetailsSchema.parse(details)).toEqual(details);
  });

  it('shows two and three dimensions as they are, outputs brought to unit length', () => {
    const view = sphereView([
      [1, 0],
      [-1, 0],
    ])!;
    const evaluation = { loss: 0, metrics: {}, outputs: [Float32Array.of(3, 4)] };
    const { sphere } = describeEvaluation(1, test, evaluation, view);
    expect(sphere).toEqual({
      projection: 'exact',
      outputs: [[0.6, 0.8, 0]],
      labels: [0],
      prototypes: [
        [1, 0, 0],
        [-1, 0, 0],
      ],
    });
  });

  it('projects more dimensions on the principal axes of the prototypes, and says so', () => {
    const view = sphereView([
      [1, 0, 0, 0],
      [-1, 0, 0, 0],
      [0, 0, 1, 0],
    ])!;
    expect(view.projection).toBe('principal-axes');
    expect(view.place([5, 0, 0, 0])).toEqual([1, 0, 0]);
    expect(view.place([0, 0, 2, 0])[1]).toBe(1);
  });

  it('has no sphere without prototypes', () => {
    expect(sphereView([])).toBeUndefined();
  });
});

describe('spherePoints', () => {
  const prototypes = { classes: 2, dimensions: 2, method: 'x', values: [0, 1, 1, 0] };

  it('gives the prototypes of a classifier and the poles of a regressor', () => {
    expect(spherePoints({ kind: 'prototype-classifier', prototypes })).toEqual([
      [0, 1],
      [1, 0],
    ]);
    expect(spherePoints({ kind: 'prototype-regressor', dimensions: 3 })).toEqual([
      [1, 0, 0],
      [-1, 0, 0],
    ]);
    expect(spherePoints({ kind: 'softmax-classifier' })).toEqual([]);
  });

  it('puts the classes of a joint head behind the axis of its poles', () => {
    expect(spherePoints({ kind: 'joint', layout: 'separate', prototypes })).toEqual([
      [0, 0, 1],
      [0, 1, 0],
    ]);
    expect(spherePoints({ kind: 'joint', layout: 'shared', prototypes })).toEqual([
      [0, 1],
      [1, 0],
    ]);
  });
});
