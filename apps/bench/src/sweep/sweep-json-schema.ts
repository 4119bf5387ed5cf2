import { z } from 'zod';
import { sweepSchema } from './sweep-schema.js';

/** The JSON Schema of a sweep's file, for editors: every key with its meaning and default. */
export function sweepJsonSchema(): Record<string, unknown> {
  return {
    ...z.toJSONSchema(sweepSchema, { io: 'input', target: 'draft-7' }),
    title: 'Sweep of @hyperspherical/bench',
  };
}
