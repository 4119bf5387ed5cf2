import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { spherePicture } from './sphere-picture.js';

describe('spherePicture', () => {
  it('draws the picture of the README', async () => {
    const committed = readFileSync(new URL('sphere.svg', import.meta.url), 'utf8');
    expect(await spherePicture()).toBe(committed);
  });
});
