import { describe, expect, it } from 'vitest';
import type { HeadConfiguration } from './head-configuration.js';
import { headFromJSON } from './head-from-json.js';

describe('headFromJSON', () => {
  it('refuses a kind that it does not know', () => {
    expect(() => headFromJSON({ kind: 'oracle' } as unknown as HeadConfiguration)).toThrow(
      'the JSON is of no known head: its kind is "oracle"',
    );
  });

  it('refuses values that the head itself would refuse', () => {
    expect(() => headFromJSON({ kind: 'softmax-classifier', classes: 0 })).toThrow(
      'classes must be an integer of at least 2, and is 0',
    );
  });
});
