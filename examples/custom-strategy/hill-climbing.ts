import { definePlugin, defineStrategy, integer, type Told } from 'hqnas';

/** Mutates the best candidate so far; after `patience` candidates without progress it starts again from a random one. */
const hillClimbing = defineStrategy({
  id: 'demo/hill-climbing',
  summary: 'mutates the best so far, restarts when stuck',
  options: { patience: integer(1, 1000, { fallback: 8, help: 'candidates without progress before a restart' }) },
  start({ patience }, moves) {
    let best: Told | undefined;
    let sinceProgress = 0;
    return {
      ask(_, rng) {
        if (best === undefined) {
          const { genome, by } = moves.random(rng);
          return { genome, origin: { by, parents: [] } };
        }
        const { genome, by } = moves.mutate(best.genome, rng);
        return { genome, origin: { by, parents: [best.index] } };
      },
      tell(result) {
        sinceProgress++;
        if (result.score === undefined) return;
        if (best?.score === undefined || result.score > best.score) {
          best = result;
          sinceProgress = 0;
        } else if (sinceProgress >= patience) {
          best = undefined;
          sinceProgress = 0;
        }
      },
    };
  },
});

export default definePlugin({ name: 'demo', strategies: [hillClimbing] });
