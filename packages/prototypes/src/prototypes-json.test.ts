import { describe, expect, it } from 'vitest';
import { prototypesFromJSON, prototypesToJSON } from './prototypes-json.js';
import { randomPrototypes } from './random-prototypes.js';

describe('prototypesToJSON', () => {
  it('keeps every bit through text', () => {
    const prototypes = randomPrototypes({ classes: 20, dimensions: 7 });
    expect(prototypesFromJSON(JSON.parse(JSON.stringify(prototypesToJSON(prototypes))))).toEqual(prototypes);
  });
});

describe('prototypesFromJSON', () => {
  it('refuses what are no prototypes', () => {
    const good = { classes: 2, dimensions: 2, method: 'given', values: [1, 0, 0, 1] };
    const refused = (change: object) => () => prototypesFromJSON({ ...good, ...change });
    expect(refused({ values: [1, 0, 0, 2] })).toThrow('row 1 of values must have length 1, and has 2');
    expect(refused({ values: [1, 0, 0] })).toThrow('4 numbers; it holds 3');
    const wants = 'row 1 of values must hold finite numbers, and holds';
    expect(refused({ values: [1, 0, 0, null] })).toThrow(`${wants} null at 1`);
    expect(refused({ values: [1, 0, 0, NaN] })).toThrow(`${wants} NaN at 1`);
    expect(refused({ values: [1, 0, Infinity, 0] })).toThrow(`${wants} Infinity at 0`);
    expect(refused({ values: [1, 0, 0, '1'] })).toThrow(`${wants} "1" at 1`);
    expect(refused({ values: [1, 0, [], 1] })).toThrow(`${wants} object at 0`);
    expect(refused({ values: { length: 4 } })).toThrow('values must be an array of numbers, and are object');
    expect(refused({ values: undefined })).toThrow('values must be an array of numbers, and are undefined');
    expect(refused({ classes: 1e15 })).toThrow('values must hold 1000000000000000 rows of 2');
    expect(refused({ classes: null })).toThrow('classes must be a number, and is null');
    expect(refused({ classes: 1 })).toThrow('classes must be an integer of at least 2, and is 1');
    expect(refused({ method: 3 })).toThrow('method must be a string, and is 3');
    expect(() => prototypesFromJSON(null)).toThrow('prototypes must be an object, and are null');
  });
});
