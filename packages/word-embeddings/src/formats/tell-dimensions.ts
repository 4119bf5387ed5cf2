/** How many bytes of text decide how many numbers a line has. */
export const voteBytes = 1 << 20;

const mostLines = 100;
const lineFeed = 10;

/**
 * How many numbers most of the first lines of text have, so that an odd first line decides nothing; of equals, the one that is first.
 *
 * @param last - Whether the text ends with `bytes`, so that its last line is whole.
 * @returns -1 where there is no line with anything in it.
 */
export function tellDimensions(bytes: Uint8Array, last: boolean): number {
  const head = bytes.subarray(0, voteBytes);
  const votes = new Map<number, number>();
  for (let from = 0, lines = 0; from < head.length && lines < mostLines; lines += 1) {
    let feed = head.indexOf(lineFeed, from);
    if (feed < 0) {
      // A line that is cut says little, but it may be the only one.
      if (votes.size > 0 && !(last && head.length === bytes.length)) break;
      feed = head.length;
    }
    const spaces = countSeparators(head, from, feed);
    if (spaces >= 0) votes.set(spaces, (votes.get(spaces) ?? 0) + 1);
    from = feed + 1;
  }
  let [dimensions, most] = [-1, 0];
  for (const [numbers, count] of votes) if (count > most) [dimensions, most] = [numbers, count];
  return dimensions;
}

/** Runs of spaces and tabs between other bytes, and one at the beginning; -1 in an empty line. */
function countSeparators(bytes: Uint8Array, from: number, end: number): number {
  let count = -1;
  let inField = false;
  let firstField = -1;
  for (let at = from; at < end; at += 1) {
    const isField = bytes[at] !== 32 && bytes[at] !== 9 && bytes[at] !== 13;
    if (isField && !inField) {
      if (count < 0) firstField = at;
      count += 1;
    }
    inField = isField;
  }
  // A line that begins with a space and a number lacks its word.
  return firstField > from && bytes[firstField]! < 58 ? count + 1 : count;
}
