/** Part of a sentence on one line, without the end of a sentence: somebody else decided how long the text is. */
export function shorten(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ').replace(/\.$/, '');
  return line.length > 300 ? `${line.slice(0, 300)}...` : line;
}
