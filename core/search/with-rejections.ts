import type { CountedMoves } from './create-moves.js';
import type { Search } from './strategy.js';

/** The search, whose proposals say what its moves threw away on the way to them. */
export function withRejections(search: Search, moves: Pick<CountedMoves, 'takeRejections'>): Search {
  return {
    ask(index, rng) {
      const proposal = search.ask(index, rng);
      if (proposal === undefined) return undefined;
      const refused = moves.takeRejections();
      return refused === undefined ? proposal : { ...proposal, refused };
    },
    tell: (result) => {
      search.tell(result);
    },
  };
}
