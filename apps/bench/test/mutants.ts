/** Values that readers of JSON are not ready for. */
const oddities: readonly string[] = [
  ...['null', '-1', '1e999', '0.5', '""', '[]', '{}', 'true', '"../../x"', '"\\u0000"', '9007199254740993'],
  ...['"__proto__"', `"${'x'.repeat(5000)}"`, `${'['.repeat(500)}${']'.repeat(500)}`],
];

/** Texts that are nearly the JSON of one: cut, with a byte changed, or with a value or a key in place of another. */
export function* mutants(text: string, count: number, seed: number): Generator<string> {
  let state = seed;
  const below = (limit: number): number => {
    // A linear congruential generator (Numerical Recipes): its upper bits choose.
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
  const values = [...text.matchAll(/"(?:[^"\\]|\\.)*"|-?\d[\d.e+-]*|true|false|null/g)];
  for (let made = 0; made < count; made++) {
    const at = below(text.length);
    const value = values[below(values.length)]!;
    const end = value.index + value[0].length;
    switch (made % 4) {
      case 0:
        yield text.slice(0, at);
        break;
      case 1:
        yield `${text.slice(0, at)}${String.fromCharCode(below(128))}${text.slice(at + 1)}`;
        break;
      case 2:
        yield `${text.slice(0, value.index)}${oddities[below(oddities.length)]!}${text.slice(end)}`;
        break;
      default: {
        const another = values[below(values.length)]!;
        yield `${text.slice(0, value.index)}${another[0]}${text.slice(end)}`;
      }
    }
  }
}
