/**
 * The values of attributes of elements in a piece of HTML, one an element, in order; comments hold none.
 *
 * @param elements - what the elements' names match, such as `a|img`; likewise `attributes`
 */
export function attributeValues(html: string, elements: string, attributes: string): string[] {
  const attribute = `<(?:${elements})\\b[^>]*?\\s(?:${attributes})\\s*=\\s*(?:"([^"]*)"|'([^']*)')`;
  const shown = html.replaceAll(/<!--.*?-->/gs, '');
  return [...shown.matchAll(new RegExp(attribute, 'g'))].map(([, double, single]) => (double ?? single)!);
}
