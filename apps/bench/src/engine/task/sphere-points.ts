/**
 * The points of a head on its sphere, as they are now: class prototypes, fixed or learned, means, or the two poles; none for heads
 * without a sphere. A joint head's prototypes stand on the axes behind that of the poles.
 *
 * @throws {RangeError} When there are not as many numbers as classes times dimensions.
 *
 * @param configuration - What the head's `toJSON` returned.
 */
export function spherePoints(configuration: {
  readonly kind: string;
  readonly prototypes?: unknown;
  readonly means?: unknown;
  readonly dimensions?: unknown;
  readonly layout?: unknown;
}): number[][] {
  const { kind, prototypes, means, dimensions, layout } = configuration;
  if (kind === 'prototype-regressor') {
    const size = Number(dimensions);
    return [1, -1].map((end) => Array.from({ length: size }, (_, axis) => (axis === 0 ? end : 0)));
  }
  const points = (prototypes ?? means) as
    { readonly classes: number; readonly dimensions: number; readonly values: readonly number[] } | undefined;
  if (points === undefined) return [];
  if (points.values.length !== points.classes * points.dimensions)
    throw new RangeError(
      `the head has ${points.values.length} numbers for ${points.classes} classes of ${points.dimensions} dimensions`,
    );
  const rows = Array.from({ length: points.classes }, (_, row) =>
    points.values.slice(row * points.dimensions, (row + 1) * points.dimensions),
  );
  return kind === 'joint' && layout === 'separate' ? rows.map((row) => [0, ...row]) : rows;
}
