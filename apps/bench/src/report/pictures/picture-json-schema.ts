import { editorSchema } from '../../experiment/editor-schema.js';
import { pictureSchema } from './picture-schema.js';

/** The JSON Schema of a picture's file. */
export function pictureJsonSchema(): Record<string, unknown> {
  return editorSchema(pictureSchema, 'Picture');
}
