/**
 * The gradient of a scalar function by central differences, in float64:
 * `(f(x + h e_i) - f(x - h e_i)) / 2h` for every coordinate i.
 *
 * Give it a plain JavaScript version of the formula under test: its rounding error is then about 1e-9, where
 * differences of a float32 tensor function could not tell 1e-3 from 0.
 */
export function finiteDifferences(
  f: (x: Float64Array) => number,
  x: ArrayLike<number>,
  { step = 1e-6 }: { readonly step?: number } = {},
): Float64Array {
  const point = Float64Array.from(x);
  return point.map((centre, index) => {
    point[index] = centre + step;
    const above = f(point);
    point[index] = centre - step;
    const below = f(point);
    point[index] = centre;
    return (above - below) / (2 * step);
  });
}
