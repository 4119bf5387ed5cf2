/**
 * Dot products of 4 rows with 4 rows: `dots[4 a + b]` for rows a from index `i` and rows b from index `j` of `rows`,
 * `[any, dimensions]`. All 16 sums stay in registers, so that each number is loaded once for 4 products.
 */
export function blockDots(
  rows: Float64Array,
  dimensions: number,
  i: number,
  j: number,
  dots: Float64Array,
): void {
  let i0 = i,
    i1 = i + dimensions,
    i2 = i + 2 * dimensions,
    i3 = i + 3 * dimensions;
  let j0 = j,
    j1 = j + dimensions,
    j2 = j + 2 * dimensions,
    j3 = j + 3 * dimensions;
  const end = i1;
  let d00 = 0,
    d01 = 0,
    d02 = 0,
    d03 = 0;
  let d10 = 0,
    d11 = 0,
    d12 = 0,
    d13 = 0;
  let d20 = 0,
    d21 = 0,
    d22 = 0,
    d23 = 0;
  let d30 = 0,
    d31 = 0,
    d32 = 0,
    d33 = 0;
  while (i0 < end) {
    const b0 = rows[j0++]!,
      b1 = rows[j1++]!,
      b2 = rows[j2++]!,
      b3 = rows[j3++]!;
    let a = rows[i0++]!;
    d00 += a * b0;
    d01 += a * b1;
    d02 += a * b2;
    d03 += a * b3;
    a = rows[i1++]!;
    d10 += a * b0;
    d11 += a * b1;
    d12 += a * b2;
    d13 += a * b3;
    a = rows[i2++]!;
    d20 += a * b0;
    d21 += a * b1;
    d22 += a * b2;
    d23 += a * b3;
    a = rows[i3++]!;
    d30 += a * b0;
    d31 += a * b1;
    d32 += a * b2;
    d33 += a * b3;
  }
  dots[0] = d00;
  dots[1] = d01;
  dots[2] = d02;
  dots[3] = d03;
  dots[4] = d10;
  dots[5] = d11;
  dots[6] = d12;
  dots[7] = d13;
  dots[8] = d20;
  dots[9] = d21;
  dots[10] = d22;
  dots[11] = d23;
  dots[12] = d30;
  dots[13] = d31;
  dots[14] = d32;
  dots[15] = d33;
}

/**
 * Adds to each of 4 rows of `sums` from index `i` the 4 rows of `rows` from index `j`, times `weights[4 a + b]`, and the
 * other way round.
 */
export function blockPull(
  rows: Float64Array,
  sums: Float64Array,
  dimensions: number,
  i: number,
  j: number,
  weights: Float64Array,
): void {
  const w00 = weights[0]!,
    w01 = weights[1]!,
    w02 = weights[2]!,
    w03 = weights[3]!;
  const w10 = weights[4]!,
    w11 = weights[5]!,
    w12 = weights[6]!,
    w13 = weights[7]!;
  const w20 = weights[8]!,
    w21 = weights[9]!,
    w22 = weights[10]!,
    w23 = weights[11]!;
  const w30 = weights[12]!,
    w31 = weights[13]!,
    w32 = weights[14]!,
    w33 = weights[15]!;
  let i0 = i,
    i1 = i + dimensions,
    i2 = i + 2 * dimensions,
    i3 = i + 3 * dimensions;
  let j0 = j,
    j1 = j + dimensions,
    j2 = j + 2 * dimensions,
    j3 = j + 3 * dimensions;
  const end = i1;
  while (i0 < end) {
    const a0 = rows[i0]!,
      a1 = rows[i1]!,
      a2 = rows[i2]!,
      a3 = rows[i3]!;
    const b0 = rows[j0]!,
      b1 = rows[j1]!,
      b2 = rows[j2]!,
      b3 = rows[j3]!;
    sums[i0++]! += w00 * b0 + w01 * b1 + (w02 * b2 + w03 * b3);
    sums[i1++]! += w10 * b0 + w11 * b1 + (w12 * b2 + w13 * b3);
    sums[i2++]! += w20 * b0 + w21 * b1 + (w22 * b2 + w23 * b3);
    sums[i3++]! += w30 * b0 + w31 * b1 + (w32 * b2 + w33 * b3);
    sums[j0++]! += w00 * a0 + w10 * a1 + (w20 * a2 + w30 * a3);
    sums[j1++]! += w01 * a0 + w11 * a1 + (w21 * a2 + w31 * a3);
    sums[j2++]! += w02 * a0 + w12 * a1 + (w22 * a2 + w32 * a3);
    sums[j3++]! += w03 * a0 + w13 * a1 + (w23 * a2 + w33 * a3);
  }
}

/** Dot products of the row from index `i` with the rows from a, b, c and d, into the first 4 places of `dots`. */
export function rowDots(
  rows: Float64Array,
  dimensions: number,
  i: number,
  a: number,
  b: number,
  c: number,
  d: number,
  dots: Float64Array,
): void {
  const end = i + dimensions;
  let da = 0,
    db = 0,
    dc = 0,
    dd = 0;
  while (i < end) {
    const value = rows[i++]!;
    da += value * rows[a++]!;
    db += value * rows[b++]!;
    dc += value * rows[c++]!;
    dd += value * rows[d++]!;
  }
  dots[0] = da;
  dots[1] = db;
  dots[2] = dc;
  dots[3] = dd;
}

/** Adds to the row of `sums` from index `i` the rows from a, b, c and d times the first 4 weights, and the other way round. */
export function rowPull(
  rows: Float64Array,
  sums: Float64Array,
  dimensions: number,
  i: number,
  a: number,
  b: number,
  c: number,
  d: number,
  weights: Float64Array,
): void {
  const end = i + dimensions;
  const wa = weights[0]!,
    wb = weights[1]!,
    wc = weights[2]!,
    wd = weights[3]!;
  if (wb === 0 && wc === 0 && wd === 0) {
    while (i < end) {
      sums[i]! += wa * rows[a]!;
      sums[a++]! += wa * rows[i++]!;
    }
    return;
  }
  while (i < end) {
    const value = rows[i]!;
    sums[i++]! += wa * rows[a]! + wb * rows[b]! + (wc * rows[c]! + wd * rows[d]!);
    sums[a++]! += wa * value;
    sums[b++]! += wb * value;
    sums[c++]! += wc * value;
    sums[d++]! += wd * value;
  }
}
