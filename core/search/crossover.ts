import type { Genome, Limits } from '../genome/genome.js';
import type { Rng } from '../random.js';

/**
 * One-point crossover of two layer lists: the head of one before the tail of the other, each cut at a place of its own
 * and at most one layer apart where the limits on the number of layers allow it. The last layer comes from the second
 * parent, the first one from the first.
 */
export function onePoint({ layers: first }: Genome, { layers: second }: Genome, limits: Limits, rng: Rng): Genome {
  const [fewest, most] = limits.layers;
  const cut = first.length < 2 ? 1 : rng.between(1, first.length - 1);
  // Of the second parent at least one layer; the child keeps within the limits where that is possible.
  const least = Math.max(0, second.length - Math.max(1, most - cut));
  const last = Math.max(least, second.length - Math.max(1, fewest - cut));
  const aligned = Math.min(last, Math.max(least, cut + rng.between(-1, 1)));
  return { layers: [...first.slice(0, cut), ...second.slice(Math.min(aligned, second.length - 1))] };
}
