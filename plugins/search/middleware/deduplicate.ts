import { defineMiddleware, integer, type Move, type Moves, type Rng } from '../../../core/index.js';

/**
 * The strategy's moves give networks that were not proposed before: what is known is drawn again, a bounded number of
 * times. A strategy that proposes a network again on purpose (a promotion, a repeat) is left alone.
 */
export const deduplicate = defineMiddleware({
  id: 'search/deduplicate',
  summary: 'moves give networks that were not proposed before',
  options: {
    tries: integer(1, 10_000, { fallback: 50, help: 'draws for one move; then a known network is let through' }),
  },
  wrap({ tries }, start, moves) {
    const proposed = new Set<string>();
    const isNew = (move: Move): boolean => !proposed.has(moves.identity(move.genome));
    const drawNew = (draw: (rng: Rng) => Move, rng: Rng): Move => {
      let move = draw(rng);
      for (let attempt = 1; attempt < tries && !isNew(move); attempt++) move = draw(rng.fork('draw again', attempt));
      return move;
    };
    const fresh: Moves = {
      ...moves,
      random: (rng) => drawNew((stream) => moves.random(stream), rng),
      mutate: (parent, rng) => drawNew((stream) => moves.mutate(parent, stream), rng),
      accept: (genome, by) => only(moves.accept(genome, by)),
      mutateBy: (id, parent, rng) => only(moves.mutateBy(id, parent, rng)),
      crossover: (first, second, rng) => only(moves.crossover(first, second, rng)),
    };
    const search = start(fresh);
    return {
      ask(index, rng) {
        const proposal = search.ask(index, rng);
        if (proposal !== undefined) proposed.add(moves.identity(proposal.genome));
        return proposal;
      },
      tell: (result) => {
        search.tell(result);
      },
    };

    function only(move: Move | undefined): Move | undefined {
      return move !== undefined && isNew(move) ? move : undefined;
    }
  },
});
