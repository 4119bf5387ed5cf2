import { describe, expect, it } from 'vitest';
import { engineSentence, enginesFor } from './engine-sentence.js';

describe('where the page computes', () => {
  it('is WebGL, else WebAssembly, else JavaScript', () => {
    expect(enginesFor('auto')).toEqual(['webgl', 'wasm', 'cpu']);
    expect(enginesFor('webgl')).toEqual(['webgl', 'wasm', 'cpu']);
    expect(enginesFor('cpu')).toEqual(['cpu', 'wasm']);
  });

  it('is told when it is not what was wished', () => {
    expect(engineSentence('auto', 'webgl')).toBe('Computed on the graphics card (WebGL).');
    expect(engineSentence('auto', 'wasm')).toBe(
      'This browser gives the page no WebGL, so it computes on the processor (WebAssembly): slower, the same method.',
    );
    expect(engineSentence('wasm', 'wasm')).toBe('Computed on the processor (WebAssembly).');
    expect(engineSentence('wasm', 'cpu')).toContain('no WebAssembly');
  });
});
