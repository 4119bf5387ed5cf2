import { describe, expect, it } from 'vitest';
import { bundledExperiment } from '../experiment/bundled-digest.js';
import { valueUnit } from './value-unit.js';

describe('valueUnit', () => {
  it.each([
    ['table-6-quick/multi-task-0.5', 'degrees'],
    ['cifar-rotation-quick/joint-0.5', 'degrees'],
    ['table-5/squared-error-0.01', 'years'],
    ['quick/softmax', undefined],
  ])('of %s is %s', (name, unit) => {
    expect(valueUnit(bundledExperiment(name))).toBe(unit);
  });

  it('is not known of what is no experiment', () => {
    expect([valueUnit(undefined), valueUnit({ dataset: { kind: 'own' } })]).toEqual([undefined, undefined]);
  });
});
