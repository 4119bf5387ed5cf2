import { editorSchema } from '../../experiment/editor-schema.js';
import { claimSchema } from './claim-schema.js';

/** The JSON Schema of a claim's file. */
export function claimJsonSchema(): Record<string, unknown> {
  return editorSchema(claimSchema, 'Claim');
}
