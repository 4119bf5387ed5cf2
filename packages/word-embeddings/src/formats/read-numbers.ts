const powers = Array.from({ length: 23 }, (_, exponent) => Number(`1e${exponent}`));
const decoder = new TextDecoder('latin1');

/**
 * Reads decimal numbers, `separator` between them, from `bytes[start, end)` into a row, rounded as `Math.fround(Number(text))` does it.
 *
 * Numbers of up to 15 digits need no `Number`: an integer below 2^53 divided by a power of ten up to 10^22 is rounded right by one
 * division (Clinger 1990, How to Read Floating Point Numbers Accurately).
 *
 * @returns Whether there are exactly as many numbers as the row is long, each finite in float32, and nothing else.
 */
export function readNumbers(
  bytes: Uint8Array,
  start: number,
  end: number,
  separator: number,
  row: Float32Array,
): boolean {
  const last = row.length - 1;
  let at = start;
  for (let index = 0; index <= last; index += 1) {
    const first = at;
    let negative = false;
    if (at < end && (bytes[at] === 45 || bytes[at] === 43)) {
      negative = bytes[at] === 45;
      at += 1;
    }
    let integer = 0;
    let digits = 0;
    let digit: number;
    while (at < end && (digit = bytes[at]! - 48) >= 0 && digit <= 9) {
      integer = integer * 10 + digit;
      at += 1;
      digits += 1;
    }
    let exponent = 0;
    if (at < end && bytes[at] === 46) {
      at += 1;
      const fraction = at;
      while (at < end && (digit = bytes[at]! - 48) >= 0 && digit <= 9) {
        integer = integer * 10 + digit;
        at += 1;
      }
      exponent = fraction - at;
      digits -= exponent;
    }
    if (digits === 0) return false;
    if (at < end && (bytes[at]! | 32) === 101) {
      at += 1;
      const down = bytes[at] === 45;
      if (down || bytes[at] === 43) at += 1;
      const from = at;
      let shift = 0;
      while (at < end && (digit = bytes[at]! - 48) >= 0 && digit <= 9) {
        if (shift < 10_000) shift = shift * 10 + digit;
        at += 1;
      }
      if (at === from) return false;
      exponent += down ? -shift : shift;
    }
    let value: number;
    if (integer <= Number.MAX_SAFE_INTEGER && exponent >= -22 && exponent <= 22) {
      value = exponent < 0 ? integer / powers[-exponent]! : integer * powers[exponent]!;
      if (negative) value = -value;
    } else {
      value = Number(decoder.decode(bytes.subarray(first, at)));
    }
    row[index] = value;
    if (!Number.isFinite(row[index])) return false;
    if (index < last) {
      if (at >= end || bytes[at] !== separator) return false;
      at += 1;
    }
  }
  return at === end;
}
