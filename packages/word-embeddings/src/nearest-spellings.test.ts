import { describe, expect, it } from 'vitest';
import { nearestSpellings } from './nearest-spellings.js';

describe('nearestSpellings', () => {
  it.each([
    ['aplle', ['apply', 'apple', 'pear'], ['apple']],
    ['fihs', ['fins', 'fish'], ['fins', 'fish']],
    ['elephant', ['elefant', 'elephants', 'eleph'], ['elephants', 'elefant']],
    ['cat', ['dog'], []],
    ['cat', ['cat', 'cart', 'cut', 'at', 'bat'], ['cat', 'cart', 'cut']],
    ['', [''], ['']],
  ])('finds for %j in %j %j', (word, vocabulary, found) => {
    expect(nearestSpellings(word, vocabulary)).toEqual(found);
  });
});
