/** How far an actual number may be from the expected one: `absolute + relative * |expected|`. */
export interface Tolerance {
  /** Default 1e-5. */
  readonly relative?: number;
  /** Default 1e-6. */
  readonly absolute?: number;
  /** When given, the actual value must be a tensor of this dtype. */
  readonly dtype?: string;
}

/** Whether two values are close, and if not, a sentence that says where they part. */
export interface Closeness {
  readonly close: boolean;
  readonly reason: string;
}

interface TensorLike {
  readonly shape: readonly number[];
  readonly dtype: string;
  dataSync(): ArrayLike<number>;
}

interface Flat {
  readonly shape: readonly number[];
  readonly values: readonly number[];
  readonly dtype?: string;
}

function isTensor(value: unknown): value is TensorLike {
  return typeof value === 'object' && value !== null && 'dataSync' in value && 'shape' in value;
}

function flatten(value: unknown): Flat {
  if (isTensor(value)) {
    return { shape: value.shape, values: Array.from(value.dataSync()), dtype: value.dtype };
  }
  if (typeof value === 'number') return { shape: [], values: [value] };
  if (ArrayBuffer.isView(value) && !(value instanceof DataView)) {
    const values = Array.from(value as unknown as ArrayLike<number>);
    return { shape: [values.length], values };
  }
  if (Array.isArray(value)) {
    const rows = value.map(flatten);
    const inner = rows[0]?.shape ?? [];
    if (rows.some((row) => row.shape.join() !== inner.join()))
      throw new TypeError('a ragged array has no shape');
    return { shape: [rows.length, ...inner], values: rows.flatMap((row) => row.values) };
  }
  throw new TypeError(`closeness compares numbers, arrays and tensors, not ${typeof value}`);
}

/**
 * Compares numbers, nested arrays, typed arrays or tensors: same shape, every number finite on both sides, and
 * `|actual - expected| <= absolute + relative * |expected|`. Unlike tfjs's own helper, NaN is close to nothing.
 */
export function closeness(actual: unknown, expected: unknown, tolerance: Tolerance = {}): Closeness {
  const { relative = 1e-5, absolute = 1e-6, dtype } = tolerance;
  const left = flatten(actual);
  const right = flatten(expected);
  if (dtype !== undefined && left.dtype !== dtype) {
    return { close: false, reason: `dtype is ${left.dtype ?? 'that of no tensor'}, expected ${dtype}` };
  }
  if (left.shape.join() !== right.shape.join()) {
    return { close: false, reason: `shape is [${left.shape.join()}], expected [${right.shape.join()}]` };
  }
  for (const [index, wanted] of right.values.entries()) {
    const found = left.values[index] ?? Number.NaN;
    if (!Number.isFinite(found) || !Number.isFinite(wanted)) {
      return { close: false, reason: `at ${index}: ${found} against ${wanted}, and both must be finite` };
    }
    const distance = Math.abs(found - wanted);
    const allowed = absolute + relative * Math.abs(wanted);
    if (distance > allowed) {
      return {
        close: false,
        reason: `at ${index}: ${found}, expected ${wanted}; ${distance} apart, ${allowed} allowed`,
      };
    }
  }
  return { close: true, reason: `all ${right.values.length} numbers are close` };
}
