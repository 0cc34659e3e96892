import {
  HqnasError,
  boolean,
  defineMiddleware,
  freezeGenome,
  integer,
  text,
  texts,
  type Move,
} from '../../../core/index.js';

const by = 'search/warm-start';

/**
 * Known networks are the first candidates; the strategy hears of them as if it had proposed them. Those of an earlier experiment
 * are looked up once: the stored config has their DNA.
 */
export const warmStart = defineMiddleware({
  id: by,
  summary: 'tries given networks first',
  options: {
    dna: texts({ fallback: [], help: 'networks in DNA notation, in the order in which they are tried' }),
    from: text({
      fallback: '',
      help: 'where dna is left out: an experiment in the same ledger whose best networks are tried',
    }),
    top: integer(1, 1_000_000, { fallback: 5, help: 'how many of its networks' }),
    examined: boolean({ fallback: true, help: 'they must keep the limits and constraints of the search' }),
  },
  async prepare(options, past) {
    if (options.from === '' || options.dna.length > 0) return options;
    const { id, dna } = await past.best(options.from, options.top);
    if (dna.length === 0) throw without(`the experiment "${id}" has no network with a score`);
    return { ...options, from: id, dna };
  },
  wrap({ dna, from, examined }, start, moves) {
    if (dna.length === 0) {
      throw without(from === '' ? 'there is no network to begin with' : `the networks of "${from}" were not looked up`);
    }
    const given = dna.map((notation, index): Move => {
      if (!examined) return { genome: freezeGenome(moves.read(notation)), by };
      const move = moves.accept(moves.read(notation), by);
      if (move !== undefined) return move;
      throw new HqnasError({
        code: 'invalid-option',
        what: `"${notation}" is no network of this search: it breaks its limits or a constraint, or its layers do not fit`,
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

function without(what: string): HqnasError {
  return new HqnasError({
    code: 'invalid-option',
    what,
    where: 'strategy.with',
    expected: 'dna: a list of networks, or from: an experiment of this ledger with scored networks',
  });
}
