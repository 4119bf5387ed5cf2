import { describe, expect, it } from 'vitest';
import { parseAssignment } from './parse-assignment.js';

describe('parseAssignment', () => {
  it.each([
    ['training.epochs=3', { training: { epochs: 3 } }],
    ['head={"kind":"softmax-classifier"}', { head: { kind: 'softmax-classifier' } }],
    ['title=a=b', { title: 'a=b' }],
    ['dataset.kind=mnist', { dataset: { kind: 'mnist' } }],
    ['seed=1e999', { seed: Infinity }],
    ['seed=NaN', { seed: NaN }],
    ['seed=-Infinity', { seed: -Infinity }],
    ['title=nan', { title: 'nan' }],
    ['title=[cut', { title: '[cut' }],
    ['dataset.limitImages=null', { dataset: { limitImages: null } }],
  ])('reads %s', (text, settings) => {
    expect(parseAssignment(text)).toEqual(settings);
  });

  it('refuses settings and values that are deeper than any', () => {
    const deep = `${'['.repeat(20_000)}${']'.repeat(20_000)}`;
    expect(() => parseAssignment(`head=${deep}`)).toThrow(
      /^The value of --set head is nested more than 64 levels deep/,
    );
    expect(() => parseAssignment(`${'a.'.repeat(20_000)}a=1`)).toThrow(/at most 16 keys deep/);
  });

  it.each(['training.epochs', '=3', 'training..epochs=3', '.=1', ''])('refuses %j and says how', (text) => {
    expect(() => parseAssignment(text)).toThrow(
      /give the path of a setting and its value, such as --set training.epochs=3/,
    );
  });
});
