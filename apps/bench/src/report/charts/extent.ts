/** The smallest and the largest of any number of values; infinite where there are none. `Math.max(...values)` takes about 100,000. */
export function extent(values: Iterable<number>): [number, number] {
  let [low, high] = [Infinity, -Infinity];
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return [low, high];
}
