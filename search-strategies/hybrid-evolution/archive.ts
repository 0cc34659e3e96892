import type { Told } from '../../core/index.js';
import { believe, type Belief, type Estimate, type Scales } from './belief.js';
import { GenomeDistances, type Word } from './genome-distances.js';

/** A network with a score. */
export interface Network {
  /** The latest that was told of it; its score is the mean over all trainings. */
  told: Told;
  score: number;
  readonly niche: number;
  readonly word: Word;
  /** Distances to the networks before it in the archive. */
  readonly distances: number[];
}

/** Results between two choices of the scales. */
const refit = 24;
/** Networks that are kept: what is believed costs the third power of their number. */
const capacity = 160;

/** Networks with scores, and what is believed of them and of others. */
export class Archive {
  readonly networks: Network[] = [];
  readonly #places = new Map<string, Network>();
  readonly #distances = new GenomeDistances();
  readonly #niche: string;
  #belief: Belief | undefined;
  #scales: Scales | undefined;
  #results = 0;

  /** @param niche metric whose whole values tell niches apart */
  constructor(niche: string) {
    this.#niche = niche;
  }

  /** @param score mean over the trainings of `told` */
  add(told: Told, score: number): void {
    this.#belief = undefined;
    if (this.#results++ % refit === 0) this.#scales = undefined;
    const known = this.#places.get(told.identity);
    if (known !== undefined) {
      known.told = { ...told, index: known.told.index };
      known.score = score;
      return;
    }
    const word = this.#distances.word(told.genome);
    const network: Network = {
      told,
      score,
      niche: Math.floor(told.metrics[this.#niche] ?? 0),
      word,
      distances: this.networks.map((other) => this.#distances.between(word, other.word)),
    };
    this.networks.push(network);
    this.#places.set(told.identity, network);
    if (this.networks.length > capacity) this.#forget();
  }

  /** What is believed of every network of the archive, in its order. */
  get estimates(): readonly Estimate[] {
    return this.#believed().known;
  }

  /** What is believed of any network. */
  estimate(genome: Told['genome']): Estimate {
    const word = this.#distances.word(genome);
    const distances = Float64Array.from(this.networks, (other) => this.#distances.between(word, other.word));
    return this.#believed().of(distances);
  }

  #believed(): Belief {
    if (this.#belief !== undefined) return this.#belief;
    const count = this.networks.length;
    const distances = new Float64Array(count * count);
    for (const [i, network] of this.networks.entries()) {
      for (const [j, distance] of network.distances.entries()) {
        distances[i * count + j] = distance;
        distances[j * count + i] = distance;
      }
    }
    const observations = this.networks.map(({ score, told }) => ({ score, trainings: Math.max(1, told.evaluations) }));
    this.#belief = believe(observations, distances, this.#scales);
    this.#scales = this.#belief.scales;
    return this.#belief;
  }

  /** The oldest network of the worse half leaves. */
  #forget(): void {
    const order = [...this.networks].sort((a, b) => a.score - b.score);
    const worse = new Set(order.slice(0, Math.ceil(order.length / 2)));
    const place = this.networks.findIndex((network) => worse.has(network));
    const [gone] = this.networks.splice(place, 1);
    for (const network of this.networks.slice(place)) network.distances.splice(place, 1);
    if (gone !== undefined) this.#places.delete(gone.told.identity);
  }
}
