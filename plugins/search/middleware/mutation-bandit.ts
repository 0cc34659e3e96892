import { defineMiddleware, real, type Moves, type Rng } from '../../../core/index.js';

/** A mutation with its weight in the config and what is believed of it. */
interface Arm {
  readonly id: string;
  readonly weight: number;
  /** Running share of children that scored above their best parent. */
  success: number;
}

/**
 * Draws mutations by how often they have led to better children: probability matching (Goldberg 1990; Thierens 2005, "An
 * adaptive pursuit strategy for allocating operator probabilities") with a running mean of successes and a floor below
 * which no mutation falls. The report lists tries and successes of each mutation.
 */
export const mutationBandit = defineMiddleware({
  id: 'search/mutation-bandit',
  summary: 'draws more of the mutations that have led to better children',
  options: {
    floor: real(0, 1, { fallback: 0.3, help: 'share of draws that goes by the weights of the config alone' }),
    rate: real(0.001, 1, { fallback: 0.05, help: 'weight of a result against what was believed before' }),
    prior: real(0.001, 1, { fallback: 0.3, help: 'success that is believed of an untried mutation' }),
  },
  wrap({ floor, rate, prior }, start, moves) {
    const arms: readonly Arm[] = moves.mutations.map(({ id, weight }) => ({ id, weight, success: prior }));
    const scores = new Map<number, number>();
    const guided: Moves = {
      ...moves,
      mutate(parent, rng) {
        let left = arms;
        for (let attempt = 0; left.length > 0; attempt++) {
          const arm = draw(left, rng);
          const move = moves.mutateBy(arm.id, parent, rng.fork('arm', attempt));
          if (move !== undefined) return move;
          left = left.filter((other) => other !== arm);
        }
        return moves.mutate(parent, rng);
      },
    };
    const search = start(guided);
    return {
      ask: (index, rng) => search.ask(index, rng),
      tell(result) {
        const { index, origin, score } = result;
        if (score !== undefined) scores.set(index, score);
        const arm = arms.find(({ id }) => id === origin.by);
        const parents = origin.parents.flatMap((parent) => scores.get(parent) ?? []);
        if (arm !== undefined && parents.length > 0) {
          const better = score !== undefined && score > Math.max(...parents);
          arm.success += rate * ((better ? 1 : 0) - arm.success);
        }
        search.tell(result);
      },
    };

    function draw(left: readonly Arm[], rng: Rng): Arm {
      const bySuccess = rng.float() >= floor;
      const share = ({ weight, success }: Arm): number => (bySuccess ? weight * success : weight);
      let rest = rng.float() * left.reduce((sum, arm) => sum + share(arm), 0);
      for (const arm of left) {
        rest -= share(arm);
        if (rest < 0) return arm;
      }
      return left.at(-1)!;
    }
  },
});
