/**
 * Draws the pictures of the page on the method again, into `docs/pictures`:
 *
 *     npx pnpm@12.21.0 pictures
 */
import { writeFileSync } from 'node:fs';
import { methodPictures } from './method-pictures.js';

const folder = new URL('../../../../docs/pictures/', import.meta.url);
for (const [name, draw] of Object.entries(methodPictures)) writeFileSync(new URL(name, folder), await draw());
