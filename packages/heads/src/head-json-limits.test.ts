import '@tensorflow/tfjs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { threeDirections } from '../test/sample-prototypes.js';
import { cosineClassifier } from './cosine-classifier.js';
import { type AnyHead, headFromJSON } from './head-from-json.js';
import type { HeadConfiguration } from './head-configuration.js';
import { jointHead } from './joint-head.js';
import { linearRegressor } from './linear-regressor.js';
import { nearestMeanClassifier } from './nearest-mean-classifier.js';
import { ordinalClassifier } from './ordinal-classifier.js';
import { prototypeClassifier } from './prototype-classifier.js';
import { prototypeRegressor } from './prototype-regressor.js';
import { softmaxClassifier } from './softmax-classifier.js';

const from = (json: unknown) => () => headFromJSON(JSON.parse(JSON.stringify(json)) as HeadConfiguration);
const bounds = { lower: 0, upper: 1 };
const prototypes = { classes: 2, dimensions: 2, method: 'given', values: [1, 0, 0, 1] };

const heads: Record<string, () => AnyHead> = {
  'prototype-classifier': () => prototypeClassifier({ prototypes: threeDirections, ignoredLabel: -1 }),
  'softmax-classifier': () => softmaxClassifier({ classes: 3, classWeights: [1, 2, 3] }),
  'cosine-classifier': () => cosineClassifier({ prototypes: threeDirections, loss: 'arcface' }),
  'learned cosine-classifier': () => cosineClassifier({ prototypes: threeDirections, learned: true }),
  'ordinal-classifier': () => ordinalClassifier({ classes: 3 }),
  'ordinal-classifier with a matrix': () =>
    ordinalClassifier({ classes: 3, distance: (t, k) => (t - k) ** 4 }),
  'nearest-mean-classifier': () => nearestMeanClassifier({ means: threeDirections }),
  'prototype-regressor': () => prototypeRegressor({ bounds: [bounds, bounds] }),
  'linear-regressor': () => linearRegressor({ standards: [{ mean: 1, deviation: 2 }] }),
  joint: () => jointHead({ prototypes: threeDirections, bounds }),
};

describe('headFromJSON', () => {
  it('refuses counts that no head has, before anything of that size is made', () => {
    expect(from({ kind: 'ordinal-classifier', classes: 12_000 })).toThrow(
      'classes must be at most 4096, and is 12000',
    );
    expect(from({ kind: 'softmax-classifier', classes: 1e9 })).toThrow(
      'classes must be at most 16777216, and is 1000000000',
    );
    expect(from({ kind: 'prototype-regressor', dimensions: 5e8, bounds })).toThrow(
      'dimensions must be at most 16777216, and is 500000000',
    );
    const list = Array.from({ length: 1000 }, () => bounds);
    expect(from({ kind: 'prototype-regressor', dimensions: 1e6, bounds: list })).toThrow(
      'outputs (targets x dimensions) must be at most 16777216, and is 1000000000',
    );
    expect(from({ kind: 'nearest-mean-classifier', means: { ...prototypes, classes: 1e7 } })).toThrow(
      'means.values must hold 10000000 rows of 2, 20000000 numbers; it holds 4',
    );
  });

  it('makes an ordinal classifier of many ranks at once: only its loss needs the table of soft labels', () => {
    // 4096 x 4096 exponentials take seconds; a thousand heads would take an hour.
    for (let time = 0; time < 1000; time++) from({ kind: 'ordinal-classifier', classes: 4096 })().dispose();
  });

  it.each([
    [{ kind: 'prototype-classifier', prototypes: null }, 'the JSON of prototypes must be { classes'],
    [{ kind: 'nearest-mean-classifier', means: null }, 'the JSON of means must be { classes'],
    [
      { kind: 'nearest-mean-classifier', means: { ...prototypes, values: [1, 0, {}, null] } },
      'row 1 of means.values must hold finite float32 numbers, and holds of type object at 0',
    ],
    [
      { kind: 'cosine-classifier', learned: true, prototypes: { ...prototypes, values: [1, 0, 0, null] } },
      'row 1 of prototypes.values must hold finite float32 numbers, and holds null at 1',
    ],
    [
      { kind: 'prototype-classifier', prototypes: { ...prototypes, values: [1, 0, 0, 1e39] } },
      'row 1 of prototypes.values must hold finite float32 numbers, and holds 1e+39 at 1',
    ],
    [
      { kind: 'cosine-classifier', prototypes, learned: 'false' },
      'learned must be true or false, and is "false"',
    ],
    [
      { kind: 'cosine-classifier', prototypes, scale: null },
      'scale must be a finite number above 0, and is null',
    ],
    [
      { kind: 'cosine-classifier', prototypes, margin: null },
      'margin must be a number or an array of numbers',
    ],
    [{ kind: 'cosine-classifier', prototypes, margin: [1, null] }, 'margin[1] must be a finite number'],
    [
      { kind: 'ordinal-classifier', classes: 4, distance: null },
      'a matrix of 4 rows, one for each rank; it is null',
    ],
    [
      { kind: 'ordinal-classifier', classes: 2, distance: [[0, 1], [1]] },
      'distance[1] must be 2 finite numbers',
    ],
    [{ kind: 'ordinal-classifier', classes: 2, distance: [[0, 1]] }, 'it is an array of 1'],
    [
      { kind: 'ordinal-classifier', classes: 2, distance: 'toString' },
      'distance must be one of absolute, squared',
    ],
    [{ kind: 'linear-regressor', standards: null }, 'standards must be an object, and is null'],
    [{ kind: 'linear-regressor', standards: [null] }, 'standards[0] must be an object, and is null'],
    [{ kind: 'linear-regressor', standards: { mean: 1e39, deviation: 1 } }, 'standards.mean must be finite'],
    [{ kind: 'prototype-regressor', bounds: null }, 'bounds.lower must be a finite number below'],
    [{ kind: 'prototype-regressor', bounds: { lower: -3e38, upper: 3e38 } }, 'bounds.lower must be a finite'],
    [{ kind: 'prototype-regressor', bounds, clamp: 'no' }, 'clamp must be true or false, and is "no"'],
    [{ kind: 'joint', prototypes, bounds, weights: null }, 'weights must be an object, and is null'],
    [
      { kind: 'softmax-classifier', classes: 2, classWeights: null },
      'classWeights must be an array of numbers',
    ],
    [
      { kind: 'softmax-classifier', classes: 2, classWeights: [1, 1e39] },
      'classWeights[1] must be a finite number',
    ],
    [
      { kind: 'softmax-classifier', classes: [[2]] },
      'classes must be an integer of at least 2, and is an array',
    ],
    [{ kind: ['joint'] }, 'the JSON is of no known head: its kind is an array'],
  ])('refuses %j by name', (json, reason) => {
    expect(from(json)).toThrow(reason);
  });

  it('refuses values that are nested deeper than the stack, wherever they stand', () => {
    const deep = JSON.parse(`${'['.repeat(5000)}${']'.repeat(5000)}`) as unknown;
    for (const create of Object.values(heads)) {
      const json = create().toJSON();
      for (const field of Object.keys(json)) {
        expect(() => headFromJSON({ ...json, [field]: deep })).toThrow(/must|no known head/);
      }
    }
  });

  it('reads or refuses by a sentence the JSON of any head with any value changed', () => {
    const anything = fc.oneof(
      fc.constantFrom<unknown>(
        null,
        true,
        -1,
        0,
        1,
        2.5,
        1e9,
        1e39,
        1e300,
        '',
        '3',
        'NaN',
        [],
        {},
        [null],
        [[]],
      ),
      fc.jsonValue({ maxDepth: 2 }),
      fc.array(fc.double(), { maxLength: 7 }),
    );
    const configurations = Object.values(heads).map((create) => create().toJSON());
    fc.assert(
      fc.property(fc.constantFrom(...configurations), fc.nat(40), anything, (configuration, place, value) => {
        const json = JSON.parse(JSON.stringify(configuration)) as object;
        const holders = placesOf(json);
        const [holder, key] = holders[place % holders.length]!;
        holder[key] = value;
        let head: AnyHead;
        try {
          head = headFromJSON(json as HeadConfiguration);
        } catch (error) {
          expect(['RangeError', 'TypeError']).toContain((error as Error).name);
          expect((error as Error).message).toMatch(/must|no known head|same|span no|length/);
          expect((error as Error).message).not.toMatch(/Cannot|is not a function|Invalid/);
          return;
        }
        // What was read can be written and read again.
        expect(JSON.stringify(from(head.toJSON())().toJSON())).toBe(JSON.stringify(head.toJSON()));
      }),
      { seed: 5, numRuns: 1500 },
    );
  });
});

/** Every place in JSON, as its holder and the key there. */
function placesOf(json: object): [Record<string, unknown>, string][] {
  return Object.entries(json).flatMap(([key, value]: [string, unknown]) => [
    [json as Record<string, unknown>, key] as [Record<string, unknown>, string],
    ...(typeof value === 'object' && value !== null ? placesOf(value) : []),
  ]);
}
