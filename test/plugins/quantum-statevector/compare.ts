/** Largest absolute difference of two arrays; infinite when their lengths differ or an entry is not a number. */
export function largestDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) return Infinity;
  let largest = 0;
  for (let i = 0; i < a.length; i++) {
    const difference = Math.abs(a[i]! - b[i]!);
    if (!(difference <= largest)) largest = Number.isNaN(difference) ? Infinity : difference;
  }
  return largest;
}

/** Derivative of `of` by each value, central differences of 1e-5; `values` are changed on the way and put back. */
export function centralDifference(values: Float64Array, of: () => number): Float64Array {
  return values.map((value, k) => {
    values[k] = value + 1e-5;
    const ahead = of();
    values[k] = value - 1e-5;
    const behind = of();
    values[k] = value;
    return (ahead - behind) / 2e-5;
  });
}
