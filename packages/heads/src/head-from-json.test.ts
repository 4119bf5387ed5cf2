import { describe, expect, it } from 'vitest';
import type { HeadConfiguration } from './head-configuration.js';
import { headFromJSON } from './head-from-json.js';

describe('headFromJSON', () => {
  it('refuses fields that it does not know, because the head would compute something else', () => {
    const newer = { kind: 'softmax-classifier', classes: 3, temperature: 2, bias: true } as HeadConfiguration;
    expect(() => headFromJSON(newer)).toThrow(
      'the JSON of a softmax-classifier has unknown fields: temperature, bias. If a newer version has written it, install that one: npm install @hyperspherical/heads@latest',
    );
  });

  it('refuses a kind that it does not know', () => {
    expect(() => headFromJSON({ kind: 'oracle' } as unknown as HeadConfiguration)).toThrow(
      'the JSON is of no known head: its kind is "oracle". If a newer version has written it, install that one: npm install @hyperspherical/heads@latest',
    );
  });

  it('refuses what is no object, and JSON without its prototypes, bounds or loss', () => {
    const from = (json: unknown) => () => headFromJSON(json as HeadConfiguration);
    expect(from(null)).toThrow('the JSON of a head must be an object, not null');
    expect(from('joint')).toThrow('the JSON of a head must be an object, not "joint"');
    expect(from({ kind: 'prototype-classifier' })).toThrow(
      'the JSON of prototypes must be { classes, dimensions, method, values: [numbers] }',
    );
    expect(from({ kind: 'prototype-regressor' })).toThrow(
      'bounds.lower must be a finite number below bounds.upper; they are NaN and NaN',
    );
    const prototypes = { classes: 2, dimensions: 1, method: 'given', values: [1, -1] };
    expect(from({ kind: 'cosine-classifier', prototypes, loss: 'hinge' })).toThrow(
      'loss must be one of cosine-softmax, cosface, arcface, not "hinge"',
    );
  });

  it('refuses values that the head itself would refuse', () => {
    expect(() => headFromJSON({ kind: 'softmax-classifier', classes: 0 })).toThrow(
      'classes must be an integer of at least 2, and is 0',
    );
  });
});
