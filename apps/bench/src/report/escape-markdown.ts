import { plainText } from './markup.js';

/** Text that Markdown takes as it is: no tags, tables, emphasis, links, formulas or line breaks. */
export function escapeMarkdown(text: string): string {
  return plainText(text)
    .replaceAll(/\s+/g, ' ')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('$', '&#36;')
    .replaceAll('@', '&#64;')
    .replaceAll('|', '&#124;')
    .replaceAll(/[\\`*_{}[\]~]/g, '\\$&')
    .replaceAll('://', '&#58;//')
    .replaceAll(/www\./gi, (text) => `${text.slice(0, 3)}&#46;`);
}
