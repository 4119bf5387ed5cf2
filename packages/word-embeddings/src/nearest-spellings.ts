/**
 * The words of a vocabulary that are spelled most like a word: fewest insertions, deletions, replacements and swaps of neighbours, and
 * among equals the first in the vocabulary, which most sources order by frequency.
 *
 * @param options.count - The most words to give. Default 3.
 * @param options.mostEdits - Default a third of the word's length, at least 1.
 *
 * @example
 * nearestSpellings('elefant', ['elegant', 'elephant', 'pear']); // ['elegant', 'elephant']
 */
export function nearestSpellings(
  word: string,
  vocabulary: Iterable<string>,
  {
    count = 3,
    mostEdits = Math.max(1, Math.floor(word.length / 3)),
  }: { readonly count?: number; readonly mostEdits?: number } = {},
): string[] {
  const found: { readonly word: string; readonly edits: number }[] = [];
  let limit = mostEdits;
  for (const other of vocabulary) {
    if (Math.abs(other.length - word.length) > limit) continue;
    const edits = editDistance(word, other, limit);
    if (edits > limit) continue;
    const place = found.findIndex((one) => one.edits > edits);
    found.splice(place < 0 ? found.length : place, 0, { word: other, edits });
    if (found.length > count) found.pop();
    // A later word must be nearer than the last one to get in.
    if (found.length === count) limit = Math.min(limit, found[count - 1]!.edits - 1);
    if (limit < 0) break;
  }
  return found.map((one) => one.word);
}

const longest = 64;
const memory = [0, 1, 2].map(() => new Uint8Array(longest + 1));

/** Optimal string alignment, given up (`limit + 1`) as soon as it must be above `limit`. */
function editDistance(first: string, second: string, limit: number): number {
  if (first.length > longest || second.length > longest) return limit + 1;
  let [before, last, row] = memory as [Uint8Array, Uint8Array, Uint8Array];
  for (let j = 0; j <= second.length; j += 1) last[j] = j;
  for (let i = 1; i <= first.length; i += 1) {
    row[0] = i;
    let least = i;
    const a = first.charCodeAt(i - 1);
    for (let j = 1; j <= second.length; j += 1) {
      const b = second.charCodeAt(j - 1);
      let edits = Math.min(last[j - 1]! + (a === b ? 0 : 1), last[j]! + 1, row[j - 1]! + 1);
      if (i > 1 && j > 1 && a === second.charCodeAt(j - 2) && b === first.charCodeAt(i - 2)) {
        edits = Math.min(edits, before[j - 2]! + 1);
      }
      row[j] = edits;
      least = Math.min(least, edits);
    }
    if (least > limit) return limit + 1;
    [before, last, row] = [last, row, before];
  }
  return last[second.length]!;
}
