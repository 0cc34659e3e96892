import type { Archive, Network } from './archive.js';

/**
 * Trains the networks again that may be the best, until one of them is clearly ahead: the leader of the archive races its
 * strongest challenger, the one whose score is highest at one standard deviation above what is believed (as in upper
 * confidence bounds, Auer, Cesa-Bianchi and Fischer 2002). Of the two the one with fewer trainings runs; when the
 * challenger cannot be ahead of the leader, both within one standard deviation, nobody does (racing: Maron and Moore 1994).
 */
export class Race {
  readonly #share: number;
  readonly #most: number;
  /** Networks that are trained again, by candidate: all of them, and those without a result. */
  readonly #repeats = new Set<number>();
  readonly #running = new Map<number, string>();

  /**
   * @param share of candidates that may be repeats
   * @param most trainings of one network
   */
  constructor(share: number, most: number) {
    this.#share = share;
    this.#most = most;
  }

  /** The network to be trained again as candidate `index`, the `asked`th that could be one; undefined = none. */
  next(index: number, asked: number, archive: Archive): Network | undefined {
    this.#repeats.delete(index);
    this.#running.delete(index);
    if (this.#repeats.size >= this.#share * asked) return undefined;
    const network = this.#runner(archive);
    if (network === undefined) return undefined;
    this.#repeats.add(index);
    this.#running.set(index, network.told.identity);
    return network;
  }

  told(index: number): void {
    this.#running.delete(index);
  }

  #runner({ networks, estimates }: Archive): Network | undefined {
    const trainings = networks.map(({ told: { evaluations, identity } }) => {
      return evaluations + [...this.#running.values()].filter((other) => other === identity).length;
    });
    const leader = best(networks, (i) => estimates[i]!.mean);
    if (leader === undefined) return undefined;
    const upper = (i: number): number => estimates[i]!.mean + estimates[i]!.deviation;
    const challenger = best(networks, (i) => (i === leader || trainings[i]! >= this.#most ? undefined : upper(i)));
    const leaderRuns =
      trainings[leader]! < this.#most && (challenger === undefined || trainings[leader]! <= trainings[challenger]!);
    if (leaderRuns) return networks[leader];
    if (challenger === undefined || upper(challenger) <= estimates[leader]!.mean - estimates[leader]!.deviation) {
      return undefined;
    }
    return networks[challenger];
  }
}

/** Place of the highest value; undefined where there is none. */
function best(networks: readonly Network[], valueOf: (index: number) => number | undefined): number | undefined {
  let place: number | undefined;
  let highest = -Infinity;
  for (const i of networks.keys()) {
    const value = valueOf(i);
    if (value === undefined || (place !== undefined && !(value > highest))) continue;
    place = i;
    highest = value;
  }
  return place;
}
