import { defineMiddleware, integer, text, towards, type Move, type Moves, type Rng } from '../../../core/index.js';
import { unknownMeasure } from '../constraints/measure-limit.js';

/**
 * Of several draws of a move the strategy gets the one with the best measure: bad children are thrown away before they cost a
 * training. Those that the measure means nothing to come last.
 */
export const screen = defineMiddleware({
  id: 'search/screen',
  summary: 'draws several children for one, and keeps the best by a training-free measure',
  options: {
    measure: text({ help: 'a measure, or a metric that needs no training' }),
    draws: integer(2, 1000, { fallback: 4, help: 'genomes that are compared for one' }),
  },
  wrap({ measure, draws }, start, moves, { measures }) {
    if (measures?.has(measure) === false) throw unknownMeasure(measure, 'strategy.with');
    const heightOf = ({ genome }: Move): number => {
      const value = measures?.of(measure, genome);
      return value === undefined ? -Infinity : towards({ direction: measures!.directionOf(measure) }, value);
    };
    const best = (draw: (rng: Rng) => Move, rng: Rng): Move => {
      let chosen = draw(rng);
      let height = heightOf(chosen);
      for (let i = 1; i < draws; i++) {
        const move = draw(rng.fork('screen', i));
        const other = heightOf(move);
        if (other <= height) continue;
        chosen = move;
        height = other;
      }
      return chosen;
    };
    const screened: Moves = {
      ...moves,
      random: (rng) => best((stream) => moves.random(stream), rng),
      mutate: (parent, rng) => best((stream) => moves.mutate(parent, stream), rng),
    };
    const search = start(screened);
    return {
      ask: (index, rng) => search.ask(index, rng),
      tell: (result) => {
        search.tell(result);
      },
    };
  },
});
