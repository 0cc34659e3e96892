import type { Middleware } from '../../core/search/middleware.js';
import type { Search, SearchStrategy } from '../../core/search/strategy.js';
import type { Moves } from '../../core/search/moves.js';
import type { Told } from '../../core/search/strategy.js';
import type { Check } from './contract.js';
import { strategyContract, type StrategyContractOptions } from './strategy.js';

/**
 * What every middleware promises: with a strategy inside it keeps the promises of a strategy.
 * @param options with options under which the search does not end early
 */
export function middlewareContract(middleware: Middleware, options: StrategyContractOptions = {}): readonly Check[] {
  const wrapped: SearchStrategy = {
    id: middleware.id,
    summary: middleware.summary,
    options: middleware.options,
    start: (values, moves, context) => middleware.wrap(values, climb, moves, context),
  };
  return strategyContract(wrapped, options);
}

/** Mutates the best so far; draws at random while nothing has a score, and now and then. */
function climb(moves: Moves): Search {
  let best: (Told & { readonly score: number }) | undefined;
  return {
    ask(index, rng) {
      if (best === undefined || index % 10 === 0) {
        const { genome, by } = moves.random(rng);
        return { genome, origin: { by, parents: [] } };
      }
      const { genome, by } = moves.mutate(best.genome, rng);
      return { genome, origin: { by, parents: [best.index] } };
    },
    tell(result) {
      if (result.score === undefined || (best !== undefined && result.score <= best.score)) return;
      best = { ...result, score: result.score };
    },
  };
}
