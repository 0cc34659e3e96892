import { boolean, choice, defineStrategy, integer, type Move, type Rng, type Told } from '../../core/index.js';

/** A scored candidate. */
type Member = Told & { readonly score: number };

/**
 * Hill climbing: mutate where you stand, go to the child when it is no worse, start again when nothing better was found
 * for a while. Starting from a few mutations of the best so far is iterated local search (Lourenco, Martin and Stuetzle
 * 2003, arXiv math/0102188); with unlimited patience and single flips this is randomized local search.
 */
export const hillClimbing = defineStrategy({
  id: 'local-search/hill-climbing',
  summary: 'walks uphill by single mutations, starts again where it is stuck',
  options: {
    patience: integer(1, 1_000_000_000, { fallback: 32, help: 'results without a better one before a restart' }),
    restart: choice(['random', 'kick'], {
      fallback: 'random',
      help: 'start again from a random candidate, or from the best one after some mutations',
    }),
    kick: integer(1, 100, { fallback: 4, help: 'mutations of a kick' }),
    plateaus: boolean({ fallback: true, help: 'whether to go to a child with the same score' }),
  },
  start({ patience, restart, kick, plateaus }, moves) {
    let here: Member | undefined;
    let best: Member | undefined;
    let sinceBetter = 0;

    return {
      ask(_index, rng) {
        if (here === undefined) {
          if (best !== undefined && restart === 'kick') {
            return { genome: kicked(best, rng), origin: { by: 'local-search/kick', parents: [best.index] } };
          }
          const { genome, by } = moves.random(rng);
          return { genome, origin: { by, parents: [] } };
        }
        const { genome, by } = moves.mutate(here.genome, rng);
        return { genome, origin: { by, parents: [here.index] } };
      },
      tell(result) {
        sinceBetter++;
        if (result.score !== undefined) arrive({ ...result, score: result.score });
        if (here !== undefined && sinceBetter >= patience) {
          here = undefined;
          sinceBetter = 0;
        }
      },
    };

    function arrive(member: Member): void {
      if (best === undefined || member.score > best.score) best = member;
      if (here === undefined || member.score > here.score) {
        here = member;
        sinceBetter = 0;
      } else if (plateaus && member.score === here.score) here = member;
    }

    function kicked(from: Member, rng: Rng): Move['genome'] {
      let { genome } = from;
      for (let mutation = 0; mutation < kick; mutation++)
        ({ genome } = moves.mutate(genome, rng.fork('kick', mutation)));
      return genome;
    }
  },
});
