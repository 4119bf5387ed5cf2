import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { experimentJsonSchema } from './experiment-json-schema.js';

const published = new URL('../../schema/experiment.schema.json', import.meta.url);

describe('experimentJsonSchema', () => {
  it('is what schema/experiment.schema.json publishes; after a change: pnpm --filter @hyperspherical/bench write-schemas', () => {
    expect(JSON.parse(readFileSync(published, 'utf8'))).toEqual(experimentJsonSchema());
  });

  it('explains keys to editors', () => {
    expect(JSON.stringify(experimentJsonSchema())).toContain('The paper: 128.');
  });
});
