/**
 * The 4096 codewords of the extended binary Golay code, 24 bits each: multiples of the generator
 * `x^11 + x^10 + x^6 + x^5 + x^4 + x^2 + 1`, with a parity bit on top. Words differ in at least 8 bits.
 */
export function golayCode(): number[] {
  return Array.from({ length: 4096 }, (_, message) => {
    let word = 0;
    for (let bit = 0; bit < 12; bit += 1) if ((message >> bit) & 1) word ^= 0xc75 << bit;
    return weight(word) % 2 === 0 ? word : word | (1 << 23);
  });
}

/** How many bits are set. */
export function weight(word: number): number {
  let count = 0;
  for (let rest = word; rest !== 0; rest &= rest - 1) count += 1;
  return count;
}
