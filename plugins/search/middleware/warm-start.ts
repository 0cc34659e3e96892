import { HqnasError, boolean, defineMiddleware, freezeGenome, texts, type Move } from '../../../core/index.js';

const by = 'search/warm-start';

/** Known networks are the first candidates; the strategy hears of them as if it had proposed them. */
export const warmStart = defineMiddleware({
  id: by,
  summary: 'tries given networks first',
  options: {
    dna: texts({ help: 'networks in DNA notation, in the order in which they are tried' }),
    examined: boolean({ fallback: true, help: 'they must keep the limits and constraints of the search' }),
  },
  wrap({ dna, examined }, start, moves) {
    const given = dna.map((text, index): Move => {
      if (!examined) return { genome: freezeGenome(moves.read(text)), by };
      const move = moves.accept(moves.read(text), by);
      if (move !== undefined) return move;
      throw new HqnasError({
        code: 'invalid-option',
        what: `"${text}" is no network of this search: it breaks its limits or a constraint, or its layers do not fit`,
        where: `strategy.with.dna.${index}`,
        remedy: 'Widen the limits, take it out, or set examined: false.',
      });
    });
    const search = start(moves);
    return {
      ask(index, rng) {
        const move = given[index];
        return move === undefined ? search.ask(index, rng) : { genome: move.genome, origin: { by, parents: [] } };
      },
      tell: (result) => {
        search.tell(result);
      },
    };
  },
});
