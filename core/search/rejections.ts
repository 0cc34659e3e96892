/** How often a rule threw something away, and the latest reason in words. */
export interface Rejection {
  readonly count: number;
  readonly example: string;
}

/** Counts what moves throw away, by rule. */
export class RejectionCounters {
  readonly #counts = new Map<string, Rejection>();

  get all(): ReadonlyMap<string, Rejection> {
    return this.#counts;
  }

  count(rule: string, example: string): void {
    this.#counts.set(rule, { count: (this.#counts.get(rule)?.count ?? 0) + 1, example });
  }

  /** The most frequent reasons, for a message. */
  describe(): string {
    const top = [...this.#counts].sort(([, a], [, b]) => b.count - a.count).slice(0, 3);
    return top.map(([rule, { count, example }]) => `${count} x ${rule} (${example})`).join('; ');
  }
}
