import { z } from 'zod';
import { claimSchema } from './claim-schema.js';

/** The JSON Schema of a claim's file, for editors: every key with its meaning and default. */
export function claimJsonSchema(): Record<string, unknown> {
  return {
    ...z.toJSONSchema(claimSchema, { io: 'input', target: 'draft-7' }),
    title: 'Claim of @hyperspherical/bench',
  };
}
