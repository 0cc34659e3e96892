import type { Genome } from '../../core/genome/genome.js';
import type { Rng } from '../../core/random.js';
import type { Moves } from '../../core/search/moves.js';
import { plainContext, toldOf } from '../contracts/told.js';
import type { Search, SearchStrategy } from '../../core/search/strategy.js';

/**
 * Noisy OneMax, the toy problem of the reference notebook of Real et al. 2019: a genome is a string of bits, a mutation
 * flips one of them, the score is the share of ones plus noise, clipped to [0, 1].
 */
export function oneMaxMoves(length: number): Moves {
  const genome = (bits: string): Genome => ({ layers: [{ kind: 'test/bits', bits }] });
  return {
    random(rng) {
      let bits = '';
      while (bits.length < length) bits += rng.uint32().toString(2).padStart(32, '0');
      return { genome: genome(bits.slice(0, length)), by: 'random' };
    },
    mutate(parent, rng) {
      const bits = bitsOf(parent);
      const at = rng.int(length);
      return {
        genome: genome(`${bits.slice(0, at)}${bits[at] === '1' ? '0' : '1'}${bits.slice(at + 1)}`),
        by: 'test/flip',
      };
    },
    accept: (made, by) => ({ genome: made, by }),
  };
}

export function bitsOf({ layers }: Genome): string {
  return String(layers[0]!['bits']);
}

export function ones(genome: Genome): number {
  let count = 0;
  for (const bit of bitsOf(genome)) if (bit === '1') count++;
  return count;
}

export interface Run {
  /** Best observed score. */
  readonly best: number;
  /** Most true ones of any candidate. */
  readonly most: number;
  /** Candidates proposed until the first optimum, itself included. */
  readonly firstOptimum: number | undefined;
  /** Mean true ones of the last `population` candidates. */
  readonly lastMean: number;
}

export interface OneMaxOptions {
  readonly strategy: SearchStrategy;
  readonly options: Readonly<Record<string, number | string | boolean>>;
  readonly length: number;
  readonly candidates: number;
  readonly noise: number;
  readonly rng: Rng;
  /** How many of the last candidates count as the last population. */
  readonly last?: number;
}

/** A synchronous search: every candidate knows all results before it. */
export function runOneMax({ strategy, options, length, candidates, noise, rng, last = 100 }: OneMaxOptions): Run {
  const search: Search = strategy.start(options, oneMaxMoves(length), { ...plainContext, candidates });
  const noiseRng = rng.fork('noise');
  // One stream for all candidates: forking takes most of the time here, and only the golden test needs it.
  const counts: number[] = [];
  let best = 0;
  let firstOptimum: number | undefined;
  for (let index = 0; index < candidates; index++) {
    const { genome, origin } = search.ask(index, rng)!;
    const count = ones(genome);
    const score = Math.min(1, Math.max(0, count / length + noise * noiseRng.normal()));
    counts.push(count);
    best = Math.max(best, score);
    if (count === length) firstOptimum ??= index + 1;
    search.tell(toldOf({ index, genome, origin, score }));
  }
  const tail = counts.slice(-last);
  return {
    best,
    most: Math.max(...counts),
    firstOptimum,
    lastMean: tail.reduce((sum, count) => sum + count, 0) / tail.length,
  };
}
