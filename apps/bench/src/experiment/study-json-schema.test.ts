import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { paperJsonSchema, partsJsonSchema, studyJsonSchema } from './study-json-schema.js';

describe('the schemas of studies', () => {
  it.each([
    ['study', studyJsonSchema()],
    ['parts', partsJsonSchema()],
    ['paper', paperJsonSchema()],
  ])(
    'are what schema/%s.schema.json publishes; after a change: pnpm --filter @hyperspherical/bench write-schemas',
    (name, schema) => {
      const published = new URL(`../../schema/${name}.schema.json`, import.meta.url);
      expect(JSON.parse(readFileSync(published, 'utf8'))).toEqual(schema);
    },
  );

  it('explain the keys of a cell to editors', () => {
    const { definitions } = studyJsonSchema() as { definitions: Record<string, unknown> };
    expect(JSON.stringify(definitions.cell)).toContain('The paper: 128.');
  });
});
