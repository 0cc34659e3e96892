import type { Told } from '../../core/index.js';

/** A candidate with a result at one rung; failed ones have a score of -Infinity. */
export interface Runner {
  readonly told: Told;
  readonly score: number;
}

/** One level of training budget: results in falling order of score, earlier ones first among equals. */
export class Rung {
  readonly #runners: Runner[] = [];
  readonly #promoted = new Set<number>();

  get runners(): readonly Runner[] {
    return this.#runners;
  }

  add(told: Told): Runner {
    const runner = { told, score: told.score ?? -Infinity };
    let place = this.#runners.length;
    while (place > 0 && this.#runners[place - 1]!.score < runner.score) place--;
    this.#runners.splice(place, 0, runner);
    return runner;
  }

  /** Whether a score is among the best of max(floor(k / eta), 1) of the k results so far; ties are. */
  isAmongBest(score: number, eta: number): boolean {
    const places = Math.max(1, Math.floor(this.#runners.length / eta));
    return score > -Infinity && score >= this.#runners[places - 1]!.score;
  }

  /** The best one among the floor(k / eta) best that was not taken yet; from now on it is. */
  promote(eta: number): Runner | undefined {
    const places = Math.floor(this.#runners.length / eta);
    for (let place = 0; place < places; place++) {
      const runner = this.#runners[place]!;
      if (runner.score === -Infinity || this.#promoted.has(runner.told.index)) continue;
      this.#promoted.add(runner.told.index);
      return runner;
    }
    return undefined;
  }

  /** Takes a promotion back. */
  demote({ told }: Runner): void {
    this.#promoted.delete(told.index);
  }
}
