import type { JsonObject } from '../../core/index.js';

/**
 * Means and variances of numbers that come one after another, starting from mean 0, variance 1 with the weight of a
 * ten-thousandth of a number. Source: Chan, Golub and LeVeque, "Updating formulae and a pairwise algorithm for computing
 * sample variances" (1979), with one new number at a time.
 */
export class RunningStatistics {
  readonly means: Float64Array;
  readonly variances: Float64Array;
  readonly #counts: Float64Array;

  constructor(rows: number) {
    this.means = new Float64Array(rows);
    this.variances = new Float64Array(rows).fill(1);
    this.#counts = new Float64Array(rows).fill(1e-4);
  }

  add(row: number, value: number): void {
    const count = this.#counts[row]!;
    const total = count + 1;
    const difference = value - this.means[row]!;
    this.means[row]! += difference / total;
    this.variances[row] = (this.variances[row]! * count + (difference * difference * count) / total) / total;
    this.#counts[row] = total;
  }

  save(): JsonObject {
    return { means: [...this.means], variances: [...this.variances], counts: [...this.#counts] };
  }

  restore(saved: JsonObject): void {
    // Written by `save` above.
    const { means, variances, counts } = saved as { means: number[]; variances: number[]; counts: number[] };
    this.means.set(means);
    this.variances.set(variances);
    this.#counts.set(counts);
  }
}
