import { describe, expect, it } from 'vitest';
import { nameWords, wordsToLookUp } from './name-words.js';

describe('nameWords', () => {
  it.each([
    ['apple', ['apple']],
    ['aquarium_fish', ['aquarium', 'fish']],
    ['pickup truck', ['pickup', 'truck']],
    ['large_man-made_outdoor_things', ['large', 'man', 'made', 'outdoor', 'things']],
    ['T-shirt/top', ['t', 'shirt', 'top']],
    ['pickupTruck', ['pickup', 'truck']],
    ['HTTPServer', ['http', 'server']],
    ['USA', ['usa']],
    ['Crème_Brûlée', ['crème', 'brûlée']],
    ['élanNoir', ['élan', 'noir']],
    ['vehicles_1', ['vehicles', '1']],
    ['__a__', ['a']],
    ['_-/ ', []],
  ])('%s', (name, words) => {
    expect(nameWords(name)).toEqual(words);
  });
});

describe('wordsToLookUp', () => {
  it('has the whole names and their words, each once', () => {
    expect(wordsToLookUp(['Sweet_Pepper', 'pepper'])).toEqual(['sweet_pepper', 'sweet', 'pepper']);
  });
});
