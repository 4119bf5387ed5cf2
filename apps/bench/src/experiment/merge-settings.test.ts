import { describe, expect, it } from 'vitest';
import { mergeSettings } from './merge-settings.js';

describe('mergeSettings', () => {
  it('merges objects key by key and replaces everything else', () => {
    const base = { training: { epochs: 3, at: [1, 2] }, seed: 0 };
    expect(mergeSettings(base, { training: { at: [5] }, seed: 1 })).toEqual({
      training: { epochs: 3, at: [5] },
      seed: 1,
    });
  });

  it('replaces an object whose kind or method becomes another one', () => {
    const base = { head: { kind: 'joint', clamp: true }, prototypes: { method: 'auto', dimensions: 3 } };
    const changes = { head: { kind: 'softmax-classifier' }, prototypes: { method: 'one-hot' } };
    expect(mergeSettings(base, changes)).toEqual(changes);
  });

  it('merges into an object of the same kind', () => {
    expect(
      mergeSettings({ head: { kind: 'joint', clamp: true } }, { head: { kind: 'joint', layout: 'shared' } }),
    ).toEqual({
      head: { kind: 'joint', clamp: true, layout: 'shared' },
    });
  });

  it('removes what is set to null', () => {
    expect(
      mergeSettings({ dataset: { kind: 'mnist', limitImages: 5 } }, { dataset: { limitImages: null } }),
    ).toEqual({
      dataset: { kind: 'mnist' },
    });
  });

  it('leaves no null behind in an object that replaces another', () => {
    const base = { dataset: { kind: 'omniart', values: 'creation_year' } };
    expect(mergeSettings(base, { dataset: { kind: 'mnist', values: null } })).toEqual({
      dataset: { kind: 'mnist' },
    });
  });

  it('leaves prototypes of objects alone', () => {
    const changes = JSON.parse('{"__proto__": {"polluted": true}}') as Record<string, unknown>;
    mergeSettings({}, changes);
    expect('polluted' in {}).toBe(false);
  });
});
