import { defineMiddleware, integer } from '../../../core/index.js';

/** Ends the search when the best score has not risen for a number of results. */
export const stopWhenStuck = defineMiddleware({
  id: 'search/stop-when-stuck',
  summary: 'ends the search when nothing better comes',
  options: { results: integer(1, 1_000_000_000, { fallback: 200, help: 'results without a better score' }) },
  wrap({ results }, start, moves) {
    const search = start(moves);
    let best = -Infinity;
    let since = 0;
    return {
      ask: (index, rng) => (since >= results ? undefined : search.ask(index, rng)),
      tell(result) {
        since++;
        if (result.score !== undefined && result.fidelity === 1 && result.score > best) {
          best = result.score;
          since = 0;
        }
        search.tell(result);
      },
    };
  },
});
