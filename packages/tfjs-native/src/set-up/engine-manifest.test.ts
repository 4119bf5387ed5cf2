import { join } from 'node:path';
import { tmpdir } from 'node:os';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { engineState } from './engine-manifest.js';

afterEach(() => {
  vi.unstubAllGlobals();
});

describe('engineState', () => {
  it('finds no engine where there is none, also where the errors of fs are of another realm', () => {
    const nowhere = join(tmpdir(), 'no-engine-of-this-name');
    expect(engineState(nowhere)).toEqual({ state: 'absent' });
    vi.stubGlobal('Error', class Foreign extends Error {});
    expect(engineState(nowhere)).toEqual({ state: 'absent' });
  });
});
