import { describe, expect, it } from 'vitest';
import { tellingLine } from './telling-line.js';

describe('tellingLine', () => {
  it('is the last line with an error in it, without the word at its start', () => {
    expect(tellingLine('ERROR: first\nERROR: the point\nsome advice\n')).toBe('the point');
  });

  it('is the last line when none has', () => {
    expect(tellingLine('one\n  two  \n\n')).toBe('two');
  });

  it('says so when there is nothing, and is never a wall', () => {
    expect(tellingLine(' \n')).toBe('it said nothing');
    expect(tellingLine('x'.repeat(1000))).toHaveLength(300);
  });
});
