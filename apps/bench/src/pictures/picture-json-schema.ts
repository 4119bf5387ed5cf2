import { z } from 'zod';
import { pictureSchema } from './picture-schema.js';

/** The JSON Schema of a picture's file, for editors: every key with its meaning and default. */
export function pictureJsonSchema(): Record<string, unknown> {
  return {
    ...z.toJSONSchema(pictureSchema, { io: 'input', target: 'draft-7' }),
    title: 'Picture of @hyperspherical/bench',
  };
}
