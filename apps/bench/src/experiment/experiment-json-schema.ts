import { z } from 'zod';
import { experimentSchema } from './experiment-schema.js';
import { isSettings } from './merge-settings.js';

/**
 * The JSON Schema of an experiment's file, for editors: every key with its meaning, allowed values and default. A file may extend others and
 * say only what differs, so no key is required here; the bench checks the whole.
 */
export function experimentJsonSchema(): Record<string, unknown> {
  const { properties, ...schema } = withoutRequired(
    z.toJSONSchema(experimentSchema, { io: 'input', target: 'draft-7' }),
  ) as { properties: Record<string, unknown> };
  return {
    ...schema,
    title: 'Experiment of @hyperspherical/bench',
    properties: {
      ...properties,
      extends: {
        description: 'Files that this one changes, relative to it; the later ones lie on top.',
        anyOf: [{ type: 'string' }, { type: 'array', items: { type: 'string' } }],
      },
    },
  };
}

/** Takes `required` out everywhere; where several variants then fit, any will do. */
function withoutRequired(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutRequired);
  if (!isSettings(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key, inner]) => !(key === 'required' && Array.isArray(inner)))
      .map(([key, inner]) => [key === 'oneOf' ? 'anyOf' : key, withoutRequired(inner)]),
  );
}
