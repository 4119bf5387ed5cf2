/** HTML or SVG text in which everything from outside is escaped. */
export class Markup {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** What may stand in a template: text and numbers are escaped, markup stands as it is, nothing disappears. */
export type MarkupValue = string | number | Markup | undefined | readonly MarkupValue[];

/**
 * A template for HTML and SVG: text that is put in cannot become a tag, an attribute or an entity. Attributes must be quoted.
 *
 * @example
 * markup`<td title="${title}">${value}</td>`.text;
 */
export function markup(strings: TemplateStringsArray, ...values: readonly MarkupValue[]): Markup {
  return new Markup(
    strings.map((text, index) => (index < values.length ? text + render(values[index]) : text)).join(''),
  );
}

function render(value: MarkupValue): string {
  if (value === undefined) return '';
  if (value instanceof Markup) return value.text;
  if (typeof value === 'object') return value.map(render).join('');
  return plainText(String(value)).replaceAll(/[&<>"'`]/g, (character) => `&#${character.codePointAt(0)!};`);
}

/** Text without what XML cannot hold and what turns the direction of writing: a replacement character stands for each. */
export function plainText(text: string): string {
  return text.replaceAll(unprintable, '\ufffd');
}

// Control characters, bidirectional overrides and isolates, halves of surrogate pairs.
const unprintable = /(?![\t\n\r])[\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069\ufffe\uffff]/gu;
