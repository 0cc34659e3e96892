import type { Domains, ValuesOf } from '../domain.js';
import type { Registered } from '../registry.js';
import type { Moves } from './moves.js';
import type { PastExperiments } from './past-experiments.js';
import type { Search, SearchStrategy, StrategyContext } from './strategy.js';

/** Starts a search that makes its genomes with the moves it is given. */
export type StartSearch = (moves: Moves) => Search;

/**
 * Stands between the run loop and a strategy, and looks like one to both: it may change what the strategy hears, what it
 * proposes, and the moves it has.
 */
export interface Middleware<D extends Domains = Domains> extends Registered {
  readonly options: D;
  /**
   * Where options refer to earlier experiments: the same options with what these hold in their place. Called once, before the
   * config is stored; with such options it must give them back as they are.
   */
  prepare?(options: ValuesOf<D>, past: PastExperiments): Promise<ValuesOf<D>>;
  /**
   * @param start starts the search inside; call it once
   * @throws HqnasError `invalid-option` when options contradict each other
   */
  wrap(options: ValuesOf<D>, start: StartSearch, moves: Moves, context: StrategyContext): Search;
}

/** Gives a middleware its types. */
export function defineMiddleware<const D extends Domains>(middleware: Middleware<D>): Middleware {
  return middleware;
}

/** A middleware with its options. */
export interface ConfiguredMiddleware {
  readonly middleware: Middleware;
  readonly options: ValuesOf<Domains>;
}

/** The strategy with each middleware around it: the first of the list is nearest to the strategy. */
export function startComposed(
  strategy: SearchStrategy,
  options: ValuesOf<Domains>,
  around: readonly ConfiguredMiddleware[],
  moves: Moves,
  context: StrategyContext,
): Search {
  const start = around.reduce<StartSearch>(
    (inner, { middleware, options: own }) =>
      (outerMoves) =>
        middleware.wrap(own, inner, outerMoves, context),
    (innerMoves) => strategy.start(options, innerMoves, context),
  );
  return start(moves);
}
