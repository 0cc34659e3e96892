import { parseValues, type Middleware, type Search, type SearchStrategy } from '../../core/index.js';
import { startComposed } from '../../core/search/middleware.js';
import type { Landscape } from '../landscapes/landscape.js';

type Options = Readonly<Record<string, string | number | boolean | readonly string[]>>;

/** A search to compare: a strategy with options and the middleware around it. */
export interface Contender {
  readonly name: string;
  readonly strategy: SearchStrategy;
  readonly options?: Options;
  readonly around?: readonly (readonly [Middleware, Options])[];
  /** Only where untrained networks can be measured. */
  readonly measures?: true;
}

/** A contender at its start, with the defaults of its options. */
export function startContender(
  { name, strategy, options = {}, around = [] }: Contender,
  { moves, measures, mostTrainings }: Landscape,
  trainings: number,
): Search {
  // What cannot be shown is not asked for.
  const most = mostTrainings === undefined || !('trainings' in strategy.options) ? {} : { trainings: mostTrainings };
  return startComposed(
    strategy,
    parseValues(strategy.options, { ...options, ...most }, name),
    around.map(([middleware, own]) => ({ middleware, options: parseValues(middleware.options, own, name) })),
    moves,
    { candidates: trainings, objectives: ['score'], ...(measures === undefined ? {} : { measures }) },
  );
}
