import { describe, expect, it } from 'vitest';
import { queuedRunSchema } from './sweep-queue.js';

const queued = {
  schemaVersion: 1,
  sweep: { id: '5f0c1d5e-7d3a-4c3c-9d0e-0a4b3c2d1e0f', name: 'dimensions' },
  run: { id: 'softmax-seed-0-0123456789abcdef', folder: 'quick/softmax,epochs=1/seed-0', experiment: {} },
};

describe('a run in the queue', () => {
  it('is read as it was put there', () => {
    expect(queuedRunSchema.parse(queued)).toEqual(queued);
  });

  it.each([
    '',
    '/etc',
    '../up',
    'quick/../../up',
    'quick//softmax',
    '.',
    'a\\..\\b',
    'a\0b',
    'a b/c',
    'a./b',
  ])("may not leave the worker's folder: %j", (folder) => {
    expect(queuedRunSchema.safeParse({ ...queued, run: { ...queued.run, folder } }).success).toBe(false);
  });

  it.each([
    { ...queued, schemaVersion: 2 },
    { ...queued, more: 1 },
    { ...queued, sweep: { ...queued.sweep, name: '../up' } },
    { ...queued, run: { ...queued.run, id: '../up' } },
  ])('is refused with anything else: %j', (other) => {
    expect(queuedRunSchema.safeParse(other).success).toBe(false);
  });

  it.each(['sweeps/x', 'Sweeps/x', 'SWEEPS', 'remote/x', 'ſweeps/x'])(
    'may not be where other things are: %j',
    (folder) => {
      expect(queuedRunSchema.safeParse({ ...queued, run: { ...queued.run, folder } }).success).toBe(false);
    },
  );

  it.each(['sweep', 'x'.repeat(231), 'A', '-a', '.a'])(
    'may not be called %j, as other files are or none can be',
    (id) => {
      expect(queuedRunSchema.safeParse({ ...queued, run: { ...queued.run, id } }).success).toBe(false);
    },
  );
});
