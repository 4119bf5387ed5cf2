/**
 * The exact two-sided sign test: how probable it is that of so many pairs at least as lopsided a share goes one way, were both ways
 * equally likely. Ties are left out. Needs no spread, so that a run that diverged can count as a loss; three pairs can
 * never give less than 0.25, six 0.03.
 *
 * @example
 * signTest(3, 0); // 0.25
 */
export function signTest(wins: number, losses: number): number {
  const n = wins + losses;
  const fewer = Math.min(wins, losses);
  let term = 0.5 ** n;
  let tail = 0;
  for (let k = 0; k <= fewer; k += 1) {
    tail += term;
    term *= (n - k) / (k + 1);
  }
  return Math.min(1, 2 * tail);
}
