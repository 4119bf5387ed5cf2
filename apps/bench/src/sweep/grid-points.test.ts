import { describe, expect, it } from 'vitest';
import { gridPoints } from './grid-points.js';

describe('gridPoints', () => {
  it('makes every combination, the last path varying fastest', () => {
    const points = gridPoints({ 'training.epochs': [1, 2], 'head.prototypes.dimensions': [3, 10] });
    expect(points.map(({ label }) => label)).toEqual([
      'epochs=1,dimensions=3',
      'epochs=1,dimensions=10',
      'epochs=2,dimensions=3',
      'epochs=2,dimensions=10',
    ]);
    expect(points[1]!.settings).toEqual([
      { path: 'training.epochs', value: 1 },
      { path: 'head.prototypes.dimensions', value: 10 },
    ]);
  });

  it('is one point without a label where there is no grid', () => {
    expect(gridPoints({})).toEqual([{ settings: [], label: '' }]);
  });

  it('names only what varies', () => {
    expect(gridPoints({ a: [1], b: [1, 2] }).map(({ label }) => label)).toEqual(['b=1', 'b=2']);
  });

  it('lengthens names that end alike', () => {
    const [point] = gridPoints({ 'train.size': [1, 2], 'test.size': [1, 2] });
    expect(point!.label).toBe('train.size=1,test.size=1');
  });

  it.each([
    [
      ['sum', 'mean'],
      ['v=sum', 'v=mean'],
    ],
    [
      [true, null],
      ['v=true', 'v=null'],
    ],
    [
      [-1, 1e-7],
      ['v=-1', 'v=1e-7'],
    ],
  ])('shows %j as it is', (values, labels) => {
    expect(gridPoints({ v: values }).map(({ label }) => label)).toEqual(labels);
  });

  it('gives values that are no file names a digest, so that they differ and stay within the folder', () => {
    const values = [
      'a/b',
      'a b',
      '../up',
      '',
      [1, 2],
      { kind: 'constant' },
      { kind: 'constant', x: 'y'.repeat(99) },
    ];
    const labels = gridPoints({ v: values }).map(({ label }) => label);
    expect(new Set(labels).size).toBe(values.length);
    for (const label of labels) expect(label).toMatch(/^v=[\w.+-]{1,41}$/);
  });

  it('tells values apart that differ by upper and lower case alone, as some disks cannot', () => {
    const labels = gridPoints({ v: ['age', 'Age', 'AGE', 'Sum'] }).map(({ label }) => label);
    expect(new Set(labels.map((label) => label.toLowerCase())).size).toBe(4);
    expect([labels[0], labels[3]]).toEqual(['v=age', 'v=Sum']);
    expect(labels[1]).toMatch(/^v=Age-[0-9a-f]{8}$/);
  });
});
