/** From values to places along an axis. */
export interface Scale {
  readonly place: (value: number) => number;
  /** Round values that lie within, in order. */
  readonly ticks: readonly number[];
}

/** A linear axis over the values from least to most, between two places. */
export function linearScale(
  [least, most]: readonly [number, number],
  [from, to]: readonly [number, number],
  tickCount = 5,
): Scale {
  const [low, high] = widen(least, most);
  return {
    place: (value) => from + ((value - low) / (high - low)) * (to - from),
    ticks: roundValues(low, high, tickCount),
  };
}

/** A logarithmic axis; the values must be above 0. */
export function logScale(
  [least, most]: readonly [number, number],
  [from, to]: readonly [number, number],
): Scale {
  const inner = linearScale([Math.log10(least), Math.log10(most)], [from, to]);
  const ticks: number[] = [];
  for (let power = Math.floor(Math.log10(least)); power <= Math.log10(most); power += 1) {
    const value = Number(`1e${power}`);
    if (value >= least * (1 - 1e-9)) ticks.push(value);
  }
  return { place: (value) => inner.place(Math.log10(value)), ticks };
}

/** The least and the most of the finite values; undefined where there is none. */
export function extent(values: Iterable<number | null>): [number, number] | undefined {
  let least = Infinity;
  let most = -Infinity;
  for (const value of values) {
    if (value === null || !Number.isFinite(value)) continue;
    least = Math.min(least, value);
    most = Math.max(most, value);
  }
  return least <= most ? [least, most] : undefined;
}

/** Multiples of 1, 2 or 5 times a power of ten between two values, about as many as asked for. */
export function roundValues(least: number, most: number, count: number): number[] {
  const rough = (most - least) / Math.max(1, count);
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5].find((multiple) => multiple * power >= rough * 0.999) ?? 10);
  const values: number[] = [];
  for (let index = Math.ceil(least / step - 1e-9); index * step <= most + step * 1e-9; index += 1)
    values.push(Number((index * step).toPrecision(12)));
  return values;
}

function widen(least: number, most: number): [number, number] {
  if (most > least) return [least, most];
  const half = least === 0 ? 1 : Math.abs(least) * 0.1;
  return [least - half, most + half];
}
