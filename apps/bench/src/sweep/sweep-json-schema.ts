import { editorSchema } from '../experiment/editor-schema.js';
import { sweepSchema } from './sweep-schema.js';

/** The JSON Schema of a sweep's file. */
export function sweepJsonSchema(): Record<string, unknown> {
  return editorSchema(sweepSchema, 'Sweep');
}
