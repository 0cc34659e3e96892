import { defineStrategy } from '../../core/index.js';

/** Every candidate is drawn afresh from the search space: the baseline that any strategy must beat. */
export const randomSearch = defineStrategy({
  id: 'random-search/uniform',
  summary: 'every candidate is drawn from the search space, nothing is learnt',
  options: {},
  start: (_options, moves) => ({
    ask(_index, rng) {
      const { genome, by } = moves.random(rng);
      return { genome, origin: { by, parents: [] } };
    },
    tell() {},
  }),
});
