import { describe, expect, it } from 'vitest';
import { nameWords } from './name-words.js';

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
    ['001.Black_footed_Albatross', ['black', 'footed', 'albatross']],
    ['3.14', ['3', '14']],
    ['tench, Tinca tinca', ['tench', 'tinca', 'tinca']],
    ["Brewer's blackbird (male)", ["brewer's", 'blackbird', 'male']],
  ])('%s', (name, words) => {
    expect(nameWords(name)).toEqual(words);
  });
});
