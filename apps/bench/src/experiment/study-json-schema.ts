import { editorSchema } from './editor-schema.js';
import { experimentJsonSchema } from './experiment-json-schema.js';
import { paperSchema, studySchema } from './study-schema.js';

/** The JSON Schema of a study's file, for editors: base, cells and their quick sizes have the keys of an experiment. */
export function studyJsonSchema(): Record<string, unknown> {
  const { $schema, properties, ...experiment } = settingsSchema();
  const settings = { ...experiment, properties: properties as Record<string, unknown> };
  const quick = { $ref: '#/definitions/settings' };
  const cell = { ...settings, properties: { ...settings.properties, quick } };
  const { properties: keys, ...study } = editorSchema(studySchema, 'Study') as {
    properties: Record<string, unknown>;
  };
  return {
    $schema,
    ...study,
    properties: {
      ...keys,
      base: { $ref: '#/definitions/settings', description: 'What all cells have.' },
      quick: {
        $ref: '#/definitions/settings',
        description: 'What makes the study <study>-quick of these cells; without it there is none.',
      },
      cells: {
        type: 'object',
        description: 'By name, what each experiment has on top of the base.',
        additionalProperties: { $ref: '#/definitions/cell' },
      },
    },
    definitions: { settings, cell },
  };
}

/** The JSON Schema of the file of parts, for editors. */
export function partsJsonSchema(): Record<string, unknown> {
  const { $schema, ...settings } = settingsSchema();
  return {
    $schema,
    title: 'Parts of experiments of @hyperspherical/bench',
    type: 'object',
    additionalProperties: false,
    required: ['parts'],
    properties: {
      $schema: { type: 'string' },
      parts: { type: 'object', additionalProperties: settings },
    },
  };
}

/** The JSON Schema of a paper's published values, for editors. */
export function paperJsonSchema(): Record<string, unknown> {
  return editorSchema(paperSchema, 'Published values');
}

/** The schema of an experiment, where it is a part of another file. */
function settingsSchema(): Record<string, unknown> {
  const schema = experimentJsonSchema();
  delete schema.title;
  return schema;
}
