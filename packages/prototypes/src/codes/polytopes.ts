const golden = (1 + Math.sqrt(5)) / 2;

/** The 12 corners of the icosahedron: cyclic permutations of `(0, +-1, +-golden)`. */
export function icosahedronRows(): Float64Array {
  const size = 1 / Math.sqrt(1 + golden * golden);
  const rows: number[] = [];
  for (let turn = 0; turn < 3; turn += 1) {
    for (const [one, other] of [
      [1, 1],
      [1, -1],
      [-1, 1],
      [-1, -1],
    ] as const) {
      const corner = [0, one * size, other * golden * size];
      rows.push(...corner.slice(turn), ...corner.slice(0, turn));
    }
  }
  return Float64Array.from(rows);
}

/** The 120 corners of the 600-cell: the axes, `(+-1/2)^4`, and even permutations of `(+-golden, +-1, +-1/golden, 0) / 2`. */
export function hexacosichoronRows(): Float64Array {
  const rows: number[][] = [];
  for (let axis = 0; axis < 4; axis += 1) {
    for (const sign of [1, -1]) rows.push([0, 1, 2, 3].map((index) => (index === axis ? sign : 0)));
  }
  for (let signs = 0; signs < 16; signs += 1) rows.push([0, 1, 2, 3].map((bit) => flip(0.5, signs, bit)));
  for (const order of evenPermutations) {
    for (let signs = 0; signs < 8; signs += 1) {
      const corner = [flip(golden / 2, signs, 0), flip(0.5, signs, 1), flip(1 / golden / 2, signs, 2), 0];
      rows.push(order.map((place) => corner[place]!));
    }
  }
  return Float64Array.from(rows.flat());
}

/** The 240 shortest vectors of the lattice E8: `(+-1, +-1, 0^6)`, and `(+-1/2)^8` with an even number of minus signs. */
export function e8Rows(): Float64Array {
  const rows: number[][] = [];
  const size = Math.SQRT1_2;
  for (let first = 0; first < 8; first += 1) {
    for (let second = first + 1; second < 8; second += 1) {
      for (let signs = 0; signs < 4; signs += 1) {
        const row = new Array<number>(8).fill(0);
        row[first] = flip(size, signs, 0);
        row[second] = flip(size, signs, 1);
        rows.push(row);
      }
    }
  }
  for (let signs = 0; signs < 256; signs += 1) {
    const row = Array.from({ length: 8 }, (_, bit) => flip(size / 2, signs, bit));
    if (row.filter((value) => value < 0).length % 2 === 0) rows.push(row);
  }
  return Float64Array.from(rows.flat());
}

function flip(value: number, signs: number, bit: number): number {
  return ((signs >> bit) & 1) === 0 ? value : -value;
}

const evenPermutations = [0, 1, 2, 3]
  .flatMap((a) => [0, 1, 2, 3].flatMap((b) => [0, 1, 2, 3].map((c) => [a, b, c, 6 - a - b - c])))
  .filter((order) => new Set(order).size === 4 && order.every((place) => place >= 0 && place < 4))
  .filter((order) => {
    let inversions = 0;
    for (let i = 0; i < 4; i += 1)
      for (let j = i + 1; j < 4; j += 1) if (order[i]! > order[j]!) inversions += 1;
    return inversions % 2 === 0;
  });
