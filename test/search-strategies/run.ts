import process from 'node:process';
import { parseValues, type Search, type SearchStrategy } from '../../core/index.js';
import { createRng } from '../../core/random.js';
import { ones } from '../../bench/landscapes/bit-landscapes.js';
import type { Landscape } from '../../bench/landscapes/landscape.js';
import { runLandscape, type RunOptions, type Step } from '../../bench/landscapes/run-landscape.js';
import { plainContext } from '../contracts/told.js';

/** True in the long checks (`npm run check:full`). */
export const long = process.env['HQNAS_LONG'] === '1';

export const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
export const seeds = (count: number): number[] => Array.from({ length: count }, (_, seed) => seed);

/** A strategy at its start on a landscape, with the defaults of its options. */
export function startOn(
  landscape: Landscape,
  strategy: SearchStrategy,
  options: Readonly<Record<string, unknown>> = {},
  candidates = 1000,
): Search {
  return strategy.start(parseValues(strategy.options, options, strategy.id), landscape.moves, {
    ...plainContext,
    candidates,
  });
}

export function run(
  landscape: Landscape,
  strategy: SearchStrategy,
  options: Readonly<Record<string, unknown>>,
  rest: Partial<RunOptions> & { readonly seed: number; readonly candidates: number },
): readonly Step[] {
  const search = startOn(landscape, strategy, options, rest.candidates);
  return runLandscape({ landscape, search, rng: createRng(rest.seed), ...rest });
}

/** What the published figures of noisy OneMax are about. */
export function summaryOf(steps: readonly Step[], last: number) {
  const counts = steps.map(({ proposal }) => ones(proposal.genome));
  return {
    best: Math.max(...steps.map(({ observed }) => observed)),
    most: Math.max(...counts),
    lastMean: mean(counts.slice(-last)),
  };
}
