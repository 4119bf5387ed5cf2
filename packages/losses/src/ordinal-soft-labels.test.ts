import { forEachBackend, tensorsLeft } from '@hyperspherical/testing';
import { sum, tensor1d } from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { backends } from '../test/backends.js';
import { goldenCase } from '../test/golden-case.js';
import { type OrdinalDistance, ordinalSoftLabels, ordinalSoftLabelTable } from './ordinal-soft-labels.js';

const labelsOf = (...labels: number[]) => tensor1d(labels, 'int32');

forEachBackend(backends, () => {
  describe('ordinalSoftLabels', () => {
    it('falls off by the distance of ranks', () => {
      const total = 1 + 2 * Math.exp(-1);
      expect(ordinalSoftLabels(labelsOf(1), 3)).toBeClose(
        [[Math.exp(-1) / total, 1 / total, Math.exp(-1) / total]],
        { dtype: 'float32' },
      );
    });

    it.each(['absolute', 'squared'] as const)(
      'agrees with the float64 numbers of the %s distance',
      (distance) => {
        const { labels, softLabels } = goldenCase(`sord_${distance}`);
        expect(ordinalSoftLabels(labelsOf(...labels), 7, { distance })).toBeClose(softLabels);
      },
    );

    it('knows the squared-log distance of ranks counted from 1, and takes functions', () => {
      const logarithmic = ordinalSoftLabels(labelsOf(0, 2), 4, { distance: 'squared-log' });
      const own = (t: number, k: number) => (Math.log(t + 1) - Math.log(k + 1)) ** 2;
      expect(ordinalSoftLabels(labelsOf(0, 2), 4, { distance: own })).toBeClose(logarithmic.arraySync());
    });

    it('gives distributions whose peak is the label', () => {
      fc.assert(
        fc.property(fc.integer({ min: 2, max: 9 }), fc.nat(100), (classes, number) => {
          const label = number % classes;
          for (const distance of ['absolute', 'squared', 'squared-log'] as const) {
            const row = ordinalSoftLabels(labelsOf(label), classes, { distance });
            expect(sum(row)).toBeClose(1);
            const values = Array.from(row.dataSync());
            expect(values.indexOf(Math.max(...values))).toBe(label);
          }
        }),
        { seed: 19, numRuns: 15 },
      );
    });

    it('leaves no tensor behind', () => {
      const labels = labelsOf(1);
      expect(tensorsLeft(() => ordinalSoftLabels(labels, 3))).toBe(0);
    });
  });
});

describe('ordinalSoftLabelTable', () => {
  it('refuses fewer than 2 classes, unknown distances and distances that are not finite or negative', () => {
    expect(() => ordinalSoftLabelTable(1)).toThrow('classes must be an integer of at least 2, and is 1');
    expect(() => ordinalSoftLabelTable(3, { distance: 'cubic' as OrdinalDistance })).toThrow(
      'distance must be a function or one of absolute, squared, squared-log, not "cubic"',
    );
    expect(() => ordinalSoftLabelTable(3, { distance: (t, k) => t - k })).toThrow(
      'distance(0, 1) is -1, and must be a finite number of at least 0',
    );
  });
});
