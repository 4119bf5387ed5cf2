import { relative, sep } from 'node:path';
import { plainText } from './markup.js';

/** A link from a document's folder to a file or folder: always relative, with each part of the path encoded. */
export function relativeLink(from: string, to: string): string {
  const parts = relative(from, to)
    .split(sep)
    .map((part) => encodeURIComponent(plainText(part)).replaceAll(/[!'()*]/g, percent));
  const path = parts.join('/');
  return path.startsWith('../') || path === '..' ? path : `./${path}`;
}

function percent(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
}
