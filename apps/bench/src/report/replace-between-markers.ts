import { UserError } from '../records/user-error.js';

/**
 * A document with what stands between `<!-- <marker>:begin -->` and `<!-- <marker>:end -->` replaced.
 *
 * @param path - The document's, for errors.
 * @param make - Makes the new text for the heading level that it stands below, 0 where there is none.
 * @throws UserError unless each marker is there once, begin before end.
 */
export function replaceBetweenMarkers(
  document: string,
  marker: string,
  options: { readonly path: string; readonly make: (headingLevel: number) => string },
): string {
  const { path, make } = options;
  const [begin, end] = [`<!-- ${marker}:begin -->`, `<!-- ${marker}:end -->`];
  const [first, last] = [begin, end].map((text) => {
    const found = document.indexOf(text);
    if (found < 0)
      throw new UserError(`${path} has no ${text}; write ${begin} and ${end} where the report is to stand.`);
    if (document.includes(text, found + 1)) throw new UserError(`${path} has ${text} twice; leave one.`);
    return found;
  }) as [number, number];
  if (last < first) throw new UserError(`${path} has ${end} before ${begin}; exchange them.`);
  const before = document.slice(0, first + begin.length);
  const made = make(headingLevel(before)).trim();
  return `${before}\n\n${made === '' ? '' : `${made}\n\n`}${document.slice(last)}`;
}

/** The level of the last heading of a text, headings in code left aside. */
function headingLevel(text: string): number {
  let level = 0;
  let fence: string | undefined;
  for (const line of text.split('\n')) {
    const mark = /^ {0,3}(```|~~~)/.exec(line)?.[1];
    if (mark !== undefined && (fence === undefined || fence === mark))
      fence = fence === undefined ? mark : undefined;
    else if (fence === undefined) level = /^(#{1,6})\s/.exec(line)?.[1]!.length ?? level;
  }
  return level;
}
