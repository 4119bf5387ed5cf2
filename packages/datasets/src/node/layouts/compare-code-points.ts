/**
 * Orders texts by their code points, as Python does. JavaScript's `<` orders by UTF-16 units, which puts characters beyond U+FFFF before those from U+E000 on.
 */
export function compareCodePoints(left: string, right: string): number {
  const shorter = Math.min(left.length, right.length);
  for (let at = 0; at < shorter; at += 1) {
    if (left.charCodeAt(at) !== right.charCodeAt(at)) {
      return fixedUnit(left.charCodeAt(at)) - fixedUnit(right.charCodeAt(at));
    }
  }
  return left.length - right.length;
}

/** A UTF-16 unit, moved so that units order as code points do: surrogates are above all others. */
function fixedUnit(unit: number): number {
  if (unit < 0xd800) return unit;
  return unit < 0xe000 ? unit + 0x2000 : unit - 0x800;
}
