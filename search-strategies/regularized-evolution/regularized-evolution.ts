import { HqnasError, boolean, choice, defineStrategy, integer, type Rng, type Told } from '../../core/index.js';

/** A scored candidate. */
type Member = Told & { readonly score: number };

/**
 * Regularized (aging) evolution: Real, Aggarwal, Huang and Le, "Regularized Evolution for Image Classifier Architecture
 * Search", AAAI 2019, arXiv 1802.01548, Algorithm 1. Where the algorithm leaves room: failed candidates never enter
 * the population, so random candidates are drawn until it holds `populationSize` scored ones; of equal scores in a
 * tournament the one drawn first wins; age is the candidate's number.
 */
export const regularizedEvolution = defineStrategy({
  id: 'regularized-evolution/aging',
  summary: 'tournament, one mutation, the oldest member leaves (Real et al. 2019)',
  options: {
    populationSize: integer(1, 1_000_000, { fallback: 32, help: 'members of the population' }),
    sampleSize: integer(1, 1_000_000, { fallback: 8, help: 'members drawn for a tournament; 1 = no selection' }),
    removal: choice(['oldest', 'worst-of-sample', 'worst-of-population'], {
      fallback: 'oldest',
      help: 'who leaves when a child enters; the algorithm of the paper is "oldest"',
    }),
    replacement: boolean({ fallback: true, help: 'whether one member can be drawn twice for a tournament' }),
  },
  start({ populationSize, sampleSize, removal, replacement }, moves) {
    if (!replacement && sampleSize > populationSize) {
      throw new HqnasError({
        code: 'invalid-option',
        what: 'a tournament without replacement cannot be larger than the population',
        where: 'strategy.sampleSize',
        expected: `at most populationSize (${populationSize})`,
        got: String(sampleSize),
        remedy: 'Lower sampleSize, or set replacement: true.',
      });
    }
    /** Oldest first. */
    const population: Member[] = [];
    /** Tournaments of candidates that have no result yet. */
    const tournaments = new Map<number, readonly Member[]>();

    return {
      ask(index, rng) {
        if (population.length < populationSize) {
          const { genome, by } = moves.random(rng);
          return { genome, origin: { by, parents: [] } };
        }
        const sample = draw(population, sampleSize, replacement, rng);
        const parent = sample.reduce((best, member) => (member.score > best.score ? member : best));
        const { genome, by } = moves.mutate(parent.genome, rng);
        if (removal === 'worst-of-sample') tournaments.set(index, sample);
        return { genome, origin: { by, parents: [parent.index] } };
      },
      tell(result) {
        const sample = tournaments.get(result.index);
        tournaments.delete(result.index);
        if (result.score === undefined) return;
        population.push({ ...result, score: result.score });
        if (population.length > populationSize) population.splice(leaver(sample), 1);
      },
    };

    /** Place of the member that leaves. Members of a tournament may have left since; then the whole population counts. */
    function leaver(sample: readonly Member[] | undefined): number {
      if (removal === 'oldest') return 0;
      const present = sample?.filter((member) => population.includes(member)) ?? [];
      const candidates = present.length > 0 ? present : population;
      return population.indexOf(candidates.reduce((worst, member) => (member.score < worst.score ? member : worst)));
    }
  },
});

function draw(population: readonly Member[], size: number, replacement: boolean, rng: Rng): readonly Member[] {
  if (replacement) return Array.from({ length: size }, () => rng.pick(population));
  const drawn = new Set<Member>();
  while (drawn.size < size) drawn.add(rng.pick(population));
  return [...drawn];
}
