/**
 * Where the pixels of one side of a smaller image come from.
 * @typedef {object} Side
 * @property {Int32Array} starts Of each wished pixel: the first of 4 neighbours in the source.
 * @property {Int16Array} weights `[pixels, 4]`, in units of 1/4096.
 */

/**
 * How an image is brought to the wished size.
 * @typedef {object} ResizePlan
 * @property {Side} rows
 * @property {Side} columns
 * @property {number} top Black rows above, of `contain`.
 * @property {number} left Black columns on the left.
 */

/**
 * Sharp's geometry and kernel (`linear`: a triangle as wide as the reduction, in steps of 1/64 pixel) for images that are reduced by less than a
 * half; undefined for all others, which sharp does better: it enlarges, or lets the JPEG decoder reduce.
 * @param {readonly [height: number, width: number]} source
 * @param {readonly [height: number, width: number]} wished
 * @param {'cover' | 'contain' | 'fill'} fit
 * @returns {ResizePlan | undefined}
 */
export function planResize([height, width], [wishedHeight, wishedWidth], fit) {
  let down = height / wishedHeight;
  let across = width / wishedWidth;
  if (fit === 'cover') down = across = Math.min(down, across);
  if (fit === 'contain') down = across = Math.max(down, across);
  if (Math.min(down, across) < 1 || Math.max(down, across) >= 2 || Math.min(height, width) < 4)
    return undefined;
  const scaledHeight = Math.round(height / down);
  const scaledWidth = Math.round(width / across);
  return {
    rows: planSide(height, down, scaledHeight, wishedHeight),
    columns: planSide(width, across, scaledWidth, wishedWidth),
    top: Math.max(0, (wishedHeight - scaledHeight) >> 1),
    left: Math.max(0, (wishedWidth - scaledWidth) >> 1),
  };
}

/**
 * @param {number} length
 * @param {number} reduction
 * @param {number} scaled
 * @param {number} wished
 * @returns {Side}
 */
function planSide(length, reduction, scaled, wished) {
  const count = Math.min(scaled, wished);
  // The middle, where more is scaled than wished.
  const first = (scaled - count + 1) >> 1;
  // Pixels that the rounded size leaves out or invents, as many at each end.
  const shift = (scaled * reduction - length) / 2;
  const reach = reduction === 1 ? 0 : Math.round(reduction);
  const starts = new Int32Array(count);
  const weights = new Int16Array(count * 4);
  const triangle = new Float64Array(2 * reach + 1);
  for (let pixel = 0; pixel < count; pixel += 1) {
    const centre = (first + pixel + 0.5) * reduction - shift;
    const whole = Math.floor(centre);
    const part = reduction === 1 ? 0.5 : ((Math.floor((centre - whole) * 128) + 1) >> 1) / 64;
    let sum = 0;
    for (let tap = 0; tap <= 2 * reach; tap += 1) {
      const weight = Math.max(0, 1 - Math.abs(tap - reach + 0.5 - part) / reduction);
      triangle[tap] = weight;
      sum += weight;
    }
    const nearest = triangle.findIndex((weight) => weight > 0) - reach + whole;
    const start = Math.min(Math.max(nearest, 0), length - 4);
    starts[pixel] = start;
    for (let tap = 0; tap <= 2 * reach; tap += 1) {
      const weight = Math.trunc(((triangle[tap] ?? 0) / sum) * 4096);
      // Beyond an edge the pixel on the edge counts once more.
      const at = Math.min(Math.max(whole + tap - reach, 0), length - 1);
      if (weight > 0) weights[pixel * 4 + at - start] = (weights[pixel * 4 + at - start] ?? 0) + weight;
    }
  }
  return { starts, weights };
}
