import { towards, type Genome, type StrategyContext, type Told } from '../../../core/index.js';

/** Results that curves are compared with: the latest ones, so that a search that goes on for long stays as fast as it was. */
const most = 1000;

/** Earlier results whose curves say something about a candidate. */
export interface Peers {
  add(result: Told): void;
  /**
   * Those that are at least as good as the genome in every objective that is known before training: a network that is smaller
   * than all others is compared with none of them. With one objective, all.
   */
  of(genome: Genome): readonly Told[];
}

export function createPeers({ objectives, measures }: StrategyContext): Peers {
  const known = objectives.flatMap((id, index) => (measures?.has(id) === true ? [{ id, index }] : []));
  const results: Told[] = [];
  return {
    add(result) {
      results.push(result);
      if (results.length > most) results.shift();
    },
    of(genome) {
      if (known.length === 0) return results;
      const values = known.map(({ id, index }) => {
        const value = measures!.of(id, genome); // where there are none, nothing is known
        return {
          index,
          id,
          value: value === undefined ? -Infinity : towards({ direction: measures!.directionOf(id) }, value),
        };
      });
      return results.filter((result) => values.every(({ index, id, value }) => heightOf(result, index, id) >= value));
    },
  };

  /** A result without a score has no objectives, but what is known before training. */
  function heightOf({ objectives: heights, genome }: Told, index: number, id: string): number {
    if (heights !== undefined) return heights[index]!;
    const value = measures!.of(id, genome);
    return value === undefined ? -Infinity : towards({ direction: measures!.directionOf(id) }, value);
  }
}

/** Bounds of a proposal and further ones. */
export function withBounds<T extends { readonly stopBelow?: readonly { steps: number; return: number }[] }>(
  proposal: T,
  bounds: readonly { readonly steps: number; readonly return: number }[],
): T {
  return bounds.length === 0 ? proposal : { ...proposal, stopBelow: [...(proposal.stopBelow ?? []), ...bounds] };
}
