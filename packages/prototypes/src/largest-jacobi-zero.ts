/**
 * The largest zero of the Jacobi polynomial of the given degree with parameters (alpha, beta): the largest eigenvalue of
 * the tridiagonal matrix of its recurrence, found by bisection on Sturm's count of sign changes.
 */
export function largestJacobiZero(degree: number, alpha: number, beta: number): number {
  const sum = alpha + beta;
  const diagonal = new Float64Array(degree);
  const squares = new Float64Array(degree);
  for (let n = 0; n < degree; n += 1) {
    const even = 2 * n + sum;
    diagonal[n] = n === 0 ? (beta - alpha) / (sum + 2) : (beta * beta - alpha * alpha) / (even * (even + 2));
    if (n === 1) squares[n] = (4 * (1 + alpha) * (1 + beta)) / ((2 + sum) ** 2 * (3 + sum));
    if (n > 1) {
      squares[n] = (4 * n * (n + alpha) * (n + beta) * (n + sum)) / (even * even * (even + 1) * (even - 1));
    }
  }
  let low = -1;
  let high = 1;
  for (;;) {
    const middle = (low + high) / 2;
    if (!(middle > low && middle < high)) return middle;
    // All pivots of (matrix - middle) are negative exactly if no eigenvalue is above.
    let pivot = diagonal[0]! - middle;
    let below = pivot < 0;
    for (let n = 1; below && n < degree; n += 1) {
      pivot = diagonal[n]! - middle - squares[n]! / pivot;
      below = pivot < 0;
    }
    if (below) high = middle;
    else low = middle;
  }
}
