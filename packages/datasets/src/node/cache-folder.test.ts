import { homedir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { datasetFolder } from './cache-folder.js';

describe('datasetFolder', () => {
  it('is in ~/.cache/hyperspherical/datasets', () => {
    const expected = join(homedir(), '.cache', 'hyperspherical', 'datasets', 'cifar10');
    expect(datasetFolder('cifar10', undefined, {})).toBe(expected);
    expect(datasetFolder('cifar10', undefined, { XDG_CACHE_HOME: '' })).toBe(expected);
    expect(datasetFolder('cifar10', undefined, { XDG_CACHE_HOME: 'relative' })).toBe(expected);
  });

  it('follows XDG_CACHE_HOME, HYPERSPHERICAL_CACHE and the option, the last first', () => {
    const environment = { XDG_CACHE_HOME: '/x', HYPERSPHERICAL_CACHE: '/h' };
    expect(datasetFolder('a', undefined, { XDG_CACHE_HOME: '/x' })).toBe('/x/hyperspherical/datasets/a');
    expect(datasetFolder('a', undefined, environment)).toBe('/h/datasets/a');
    expect(datasetFolder('a', '/mine', environment)).toBe('/mine/a');
  });
});
