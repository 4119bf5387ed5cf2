/** How the numbers of a `.npy` file are read. */
export interface NpyNumbers {
  /** Bytes of each. */
  readonly size: number;
  /** Whether float32 holds all of them exactly; float64 is taken for the others. */
  readonly fitsFloat32: boolean;
  readonly read: (view: DataView, offset: number) => number;
}

const names: Readonly<Record<string, string>> = {
  float16: 'f2',
  float32: 'f4',
  float64: 'f8',
  e: 'f2',
  f: 'f4',
  d: 'f8',
};

/**
 * How to read numbers of NumPy's type `descr`: floats of 2, 4 or 8 bytes, integers and booleans, in either byte order. `=` is
 * little-endian, as on nearly all machines that write files.
 *
 * @throws {RangeError} If it is another type.
 */
export function npyNumbers(descr: string): NpyNumbers {
  const match = /^([<>=|]?)(f[248]|[iu][1248]|b1)$/.exec(Object.hasOwn(names, descr) ? names[descr]! : descr);
  if (!match) {
    throw new RangeError(
      `the .npy file must hold float, integer or boolean numbers, and holds ${descr.slice(0, 60)}; save it as float32 or float64`,
    );
  }
  const little = match[1] !== '>';
  const type = match[2]!;
  const size = Number(type[1]);
  const read: Record<string, NpyNumbers['read']> = {
    f2: (view, offset) => float16(view.getUint16(offset, little)),
    f4: (view, offset) => view.getFloat32(offset, little),
    f8: (view, offset) => view.getFloat64(offset, little),
    i1: (view, offset) => view.getInt8(offset),
    i2: (view, offset) => view.getInt16(offset, little),
    i4: (view, offset) => view.getInt32(offset, little),
    i8: (view, offset) => exactly(view.getBigInt64(offset, little)),
    u1: (view, offset) => view.getUint8(offset),
    u2: (view, offset) => view.getUint16(offset, little),
    u4: (view, offset) => view.getUint32(offset, little),
    u8: (view, offset) => exactly(view.getBigUint64(offset, little)),
    b1: (view, offset) => view.getUint8(offset),
  };
  return { size, fitsFloat32: size < 4 || type === 'f4', read: read[type]! };
}

function float16(bits: number): number {
  const sign = bits >> 15 === 0 ? 1 : -1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction === 0 ? sign * Infinity : Number.NaN;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

function exactly(integer: bigint): number {
  const number = Number(integer);
  if (Number.isSafeInteger(number)) return number;
  throw new RangeError(`the .npy file holds ${integer}, which is beyond 2^53; save it as float64`);
}
