import { describe, expect, it } from 'vitest';
import { parseAssignment } from './parse-assignment.js';

describe('parseAssignment', () => {
  it.each([
    ['training.epochs=3', { training: { epochs: 3 } }],
    ['head={"kind":"softmax-classifier"}', { head: { kind: 'softmax-classifier' } }],
    ['title=a=b', { title: 'a=b' }],
    ['dataset.kind=mnist', { dataset: { kind: 'mnist' } }],
    ['dataset.limitImages=null', { dataset: { limitImages: null } }],
  ])('reads %s', (text, settings) => {
    expect(parseAssignment(text)).toEqual(settings);
  });

  it.each(['training.epochs', '=3', 'training..epochs=3', '.=1', ''])('refuses %j and says how', (text) => {
    expect(() => parseAssignment(text)).toThrow(
      /give the path of a setting and its value, such as --set training.epochs=3/,
    );
  });
});
