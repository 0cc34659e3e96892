/** What an experiment ranks by. */
export type RankRule = 'mean' | 'lower-bound';

/** What is known of one network at one fidelity. */
export interface NetworkSummary {
  /** Trainings. */
  readonly evaluations: number;
  /** Mean of every objective over them, higher is better. */
  readonly means: readonly number[];
  /** Sample standard deviation of the first objective; undefined for fewer than two. */
  readonly deviation: number | undefined;
}

interface Network {
  evaluations: number;
  readonly means: number[];
  /** Sum of squared deviations of the first objective from its mean. */
  squares: number;
}

/** One-sided 90 % quantile of the normal distribution. */
const quantile = 1.2815515655446004;

/** How many degrees of freedom the spread of all networks counts for beside the spread of one. */
const prior = 2;

/**
 * Keeps the mean and the spread of every network over its trainings: a few numbers each, whatever their history. Means
 * and sums of squares are updated one by one (Welford 1962, "Note on a method for calculating corrected sums of squares
 * and products").
 */
export class NetworkRecords {
  readonly #networks = new Map<string, Network>();
  #squares = 0;
  #freedom = 0;

  /** @param values of every objective in one training, higher is better */
  add(network: string, values: readonly number[]): void {
    const known = this.#networks.get(network);
    if (known === undefined) {
      this.#networks.set(network, { evaluations: 1, means: [...values], squares: 0 });
      return;
    }
    known.evaluations++;
    for (const [i, value] of values.entries()) {
      const before = value - known.means[i]!;
      known.means[i]! += before / known.evaluations;
      if (i > 0) continue;
      const squares = before * (value - known.means[0]!);
      known.squares += squares;
      this.#squares += squares;
      this.#freedom++;
    }
  }

  has(network: string): boolean {
    return this.#networks.has(network);
  }

  /** @throws TypeError for a network without a training */
  summary(network: string): NetworkSummary {
    const { evaluations, means, squares } = this.#get(network);
    const deviation = evaluations < 2 ? undefined : Math.sqrt(squares / (evaluations - 1));
    return { evaluations, means: [...means], deviation };
  }

  /**
   * What a network is ranked by: the mean of the first objective, or its one-sided 90 % lower confidence bound,
   * mean - 1.2816 s / sqrt(n). The variance s² is the network's own, moderated by that of all networks pooled, which
   * counts for two degrees of freedom (Smyth 2004, "Linear models and empirical Bayes methods for assessing differential
   * expression in microarray experiments", equation for the posterior variance): with one training it is the pooled
   * variance, with many its own. Until some network was trained twice there is no spread, and the bound is the mean.
   */
  rank(network: string, rule: RankRule): number {
    const { evaluations, means, squares } = this.#get(network);
    if (rule === 'mean' || this.#freedom === 0) return means[0]!;
    const pooled = this.#squares / this.#freedom;
    const variance = (prior * pooled + squares) / (prior + evaluations - 1);
    return means[0]! - quantile * Math.sqrt(variance / evaluations);
  }

  #get(network: string): Network {
    const known = this.#networks.get(network);
    if (known === undefined) throw new TypeError(`the network "${network}" was never trained`);
    return known;
  }
}

/**
 * The key of a network trained with a share of the budget, or from the weights of another candidate: scores of different
 * shares and beginnings are not comparable.
 */
export function networkKey(identity: string, fidelity: number, inherits?: number): string {
  const key = fidelity === 1 ? identity : `${identity} ${fidelity}`;
  return inherits === undefined ? key : `${key} after ${inherits}`;
}
