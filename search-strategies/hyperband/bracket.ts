import type { Told } from '../../core/index.js';

/** A place in a rung: a fresh network, or one that goes on. */
export interface Slot {
  readonly continues: Told | undefined;
}

/** One run of successive halving: `size` networks at a share eta^-s of the budget, then the best 1/eta of them, and so on. */
export class Bracket {
  readonly #eta: number;
  /** Rungs above this one. */
  #above: number;
  #size: number;
  #waiting: Slot[];
  #results: Told[] = [];

  constructor(size: number, above: number, eta: number) {
    this.#size = size;
    this.#above = above;
    this.#eta = eta;
    this.#waiting = Array.from({ length: size }, () => ({ continues: undefined }));
  }

  /** A place to fill; undefined while results are missing, and at the end. */
  get next(): Slot | undefined {
    return this.#waiting[0];
  }

  /** Share of the budget at the present rung. */
  get fidelity(): number {
    let share = 1;
    for (let i = 0; i < this.#above; i++) share *= this.#eta;
    return 1 / share;
  }

  get finished(): boolean {
    return this.#size === 0;
  }

  /** The next place was filled. */
  take(): void {
    this.#waiting.shift();
  }

  putBack(slot: Slot): void {
    this.#waiting.unshift(slot);
  }

  tell(result: Told): void {
    this.#results.push(result);
    if (this.#results.length < this.#size) return;
    const keep = this.#above === 0 ? 0 : Math.floor(this.#size / this.#eta);
    const best = this.#results
      .filter(({ score }) => score !== undefined)
      .sort((a, b) => (b.score ?? 0) - (a.score ?? 0) || a.index - b.index)
      .slice(0, keep);
    this.#waiting = best.map((told) => ({ continues: told }));
    this.#size = best.length;
    this.#results = [];
    this.#above--;
  }
}
