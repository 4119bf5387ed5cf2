/** A word as it is written, then with composed letters (NFC), then with separate accents (NFD): each form once. */
export function unicodeForms(word: string): readonly string[] {
  // Most words are ASCII, which has one form.
  if (!/[^\0-\x7f]/.test(word)) return [word];
  return [...new Set([word, word.normalize('NFC'), word.normalize('NFD')])];
}
