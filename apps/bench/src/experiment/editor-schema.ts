import { z } from 'zod';

/**
 * The JSON Schema of a file, for editors: every key with its meaning and default.
 *
 * @param what - `Claim`.
 */
export function editorSchema(schema: z.ZodType, what: string): Record<string, unknown> {
  return {
    ...z.toJSONSchema(schema, { io: 'input', target: 'draft-7' }),
    title: `${what} of @hyperspherical/bench`,
  };
}
