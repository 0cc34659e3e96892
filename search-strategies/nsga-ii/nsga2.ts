import {
  crowdingDistance,
  defineStrategy,
  integer,
  nonDominatedSort,
  real,
  type Proposal,
  type Rng,
  type Told,
} from '../../core/index.js';

/** A candidate with its standing in the population. */
interface Member {
  readonly told: Told;
  /** 0 for the non-dominated ones. */
  readonly rank: number;
  readonly crowding: number;
}

/**
 * NSGA-II: Deb, Pratap, Agarwal and Meyarivan, "A fast and elitist multiobjective genetic algorithm", IEEE Transactions on
 * Evolutionary Computation 6 (2002). Binary tournaments on (rank, crowding distance), crossover, mutation, then the best
 * of parents and children by the same order. With one objective it is a genetic algorithm with elites. A generation ends
 * when as many children have results as there are parents, so children that fail cost candidates, not places.
 */
export const nsga2 = defineStrategy({
  id: 'nsga-ii/evolution',
  summary: 'several objectives: tournaments on Pareto rank and crowding, crossover, mutation',
  options: {
    populationSize: integer(2, 100_000, { fallback: 32, help: 'parents, and children of a generation' }),
    crossover: real(0, 1, { fallback: 0.9, help: 'share of children with two parents' }),
    mutation: real(0, 1, { fallback: 1, help: 'share of children of two parents that are mutated as well' }),
  },
  start({ populationSize, crossover, mutation }, moves) {
    let parents: readonly Member[] = [];
    let children: Told[] = [];

    return {
      ask(_index, rng) {
        if (parents.length > 0) return child(parents, rng);
        const { genome, by } = moves.random(rng);
        return { genome, origin: { by, parents: [] } };
      },
      tell(result) {
        if (result.objectives === undefined) return;
        children.push(result);
        if (children.length < populationSize) return;
        parents = best([...parents.map(({ told }) => told), ...children], populationSize);
        children = [];
      },
    };

    function child(members: readonly Member[], rng: Rng): Proposal {
      const first = tournament(members, rng);
      if (rng.float() < crossover) {
        const second = tournament(members, rng);
        const crossed = moves.crossover(first.told.genome, second.told.genome, rng);
        if (crossed !== undefined) {
          const move = rng.float() < mutation ? moves.mutate(crossed.genome, rng) : crossed;
          const origin = { by: move.by, parents: [first.told.index, second.told.index] };
          return { genome: move.genome, origin };
        }
      }
      const { genome, by } = moves.mutate(first.told.genome, rng);
      return { genome, origin: { by, parents: [first.told.index] } };
    }
  },
});

function tournament(members: readonly Member[], rng: Rng): Member {
  const [a, b] = [rng.pick(members), rng.pick(members)];
  return b.rank < a.rank || (b.rank === a.rank && b.crowding > a.crowding) ? b : a;
}

/** The best by rank, then by crowding distance within the front that does not fit whole. */
function best(pool: readonly Told[], size: number): Member[] {
  // Only candidates with objectives are kept.
  const objectives = pool.map((told) => told.objectives ?? []);
  const chosen: Member[] = [];
  for (const [rank, front] of nonDominatedSort(objectives).entries()) {
    const crowding = crowdingDistance(front.map((index) => objectives[index]!));
    const members = front.map((index, place) => ({
      told: pool[index]!,
      rank,
      crowding: crowding[place]!,
    }));
    const places = size - chosen.length;
    if (members.length > places) members.sort((a, b) => compareDistance(b.crowding, a.crowding));
    chosen.push(...members.slice(0, places));
    if (chosen.length === size) break;
  }
  return chosen;
}

/** Two infinite distances are equal. */
function compareDistance(a: number, b: number): number {
  return a === b ? 0 : a - b;
}
