import type { WordVectorsFormat } from '../src/formats/detect-format.js';

/** Words and their vectors. */
export type Entries = readonly (readonly [word: string, numbers: readonly number[]])[];

/** What a program that writes this format makes of some words. */
export function written(format: WordVectorsFormat, entries: Entries): Uint8Array {
  const dimensions = entries[0]![1].length;
  const encoder = new TextEncoder();
  const line = ([word, numbers]: Entries[number]): string => `${word} ${numbers.join(' ')}\n`;
  switch (format) {
    case 'glove':
      return encoder.encode(entries.map(line).join(''));
    case 'word2vec-text':
      return encoder.encode(`${entries.length} ${dimensions}\n${entries.map(line).join('')}`);
    case 'json': {
      const lists = entries.map(([word, numbers]) => `${JSON.stringify(word)}:${JSON.stringify(numbers)}`);
      return encoder.encode(
        `{"size":${entries.length},"dimensions":${dimensions},"vectors":{${lists.join(',')}}}`,
      );
    }
    case 'word2vec-binary': {
      const rows = entries.flatMap(([word, numbers]) => [
        ...encoder.encode(`${word} `),
        ...new Uint8Array(Float32Array.from(numbers).buffer),
      ]);
      return Uint8Array.from([...encoder.encode(`${entries.length} ${dimensions}\n`), ...rows]);
    }
  }
}
