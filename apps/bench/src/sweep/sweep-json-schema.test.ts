import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { sweepJsonSchema } from './sweep-json-schema.js';

const published = new URL('../../schema/sweep.schema.json', import.meta.url);

describe('sweepJsonSchema', () => {
  it('is what schema/sweep.schema.json publishes; after a change: pnpm --filter @hyperspherical/bench write-schemas', () => {
    expect(JSON.parse(readFileSync(published, 'utf8'))).toEqual(sweepJsonSchema());
  });

  it('needs a name and experiments, and allows no other keys', () => {
    expect(sweepJsonSchema()).toMatchObject({
      required: ['name', 'experiments'],
      additionalProperties: false,
    });
  });
});
