/** How often a rule threw something away, and the latest reason in words. */
export interface Rejection {
  readonly count: number;
  readonly example: string;
}

/** Counts what moves throw away, by what made it and the rule that refused it. */
export class RejectionCounters {
  readonly #counts = new Map<string, Rejection>();
  #recent = new Map<string, number>();

  get all(): ReadonlyMap<string, Rejection> {
    return this.#counts;
  }

  count(by: string, rule: string, example: string): void {
    const name = `${by}: ${rule}`;
    this.#counts.set(name, { count: (this.#counts.get(name)?.count ?? 0) + 1, example });
    this.#recent.set(name, (this.#recent.get(name) ?? 0) + 1);
  }

  /** What was counted since the last call; undefined = nothing. */
  take(): Readonly<Record<string, number>> | undefined {
    if (this.#recent.size === 0) return undefined;
    const recent = Object.fromEntries(this.#recent);
    this.#recent = new Map();
    return recent;
  }
}

/** Rejections of one move: what it says when it gives up. */
export class MoveRejections {
  readonly #counters: RejectionCounters;
  readonly #reasons = new Map<string, Rejection>();
  readonly #rules = new Map<string, number>();

  constructor(counters: RejectionCounters) {
    this.#counters = counters;
  }

  count(by: string, rule: string, example: string): void {
    this.#counters.count(by, rule, example);
    const name = `${by}: ${rule}`;
    this.#reasons.set(name, { count: (this.#reasons.get(name)?.count ?? 0) + 1, example });
    this.#rules.set(rule, (this.#rules.get(rule) ?? 0) + 1);
  }

  /** Rules, the one that refused most first. */
  ranked(): readonly string[] {
    return [...this.#rules].sort(([, a], [, b]) => b - a).map(([rule]) => rule);
  }

  /** The three most frequent reasons, for a message. */
  describe(): string {
    const top = [...this.#reasons].sort(([, a], [, b]) => b.count - a.count).slice(0, 3);
    return top.map(([name, { count, example }]) => `${count} x ${name} (${example})`).join('; ');
  }
}
