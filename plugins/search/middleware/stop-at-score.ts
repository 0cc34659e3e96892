import { defineMiddleware, integer, real } from '../../../core/index.js';

/** Ends the search when a network trained with the whole budget reaches a score. */
export const stopAtScore = defineMiddleware({
  id: 'search/stop-at-score',
  summary: 'ends the search when a score is reached',
  options: {
    score: real(-1e300, 1e300, { help: 'score that ends the search' }),
    trainings: integer(1, 1000, { fallback: 1, help: 'how many trainings the score must rest on' }),
  },
  wrap({ score, trainings }, start, moves) {
    const search = start(moves);
    let reached = false;
    return {
      ask: (index, rng) => (reached ? undefined : search.ask(index, rng)),
      tell(result) {
        if (result.score !== undefined && result.fidelity === 1 && result.evaluations >= trainings) {
          reached ||= result.score >= score;
        }
        search.tell(result);
      },
    };
  },
});
