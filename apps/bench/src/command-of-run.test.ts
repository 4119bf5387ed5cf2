import { describe, expect, it } from 'vitest';
import { commandOfRun } from './command-of-run.js';

describe('commandOfRun', () => {
  it('names the command of a folder in its usual place', () => {
    expect(commandOfRun('runs/study/pilot/seed-12')).toBe(': bench run study/pilot --seed 12');
  });

  it.each(['/elsewhere/study/pilot/seed-1', 'runs/study/seed-1', 'runs/study/pilot'])(
    'is silent about %s',
    (folder) => {
      expect(commandOfRun(folder)).toBe('');
    },
  );
});
