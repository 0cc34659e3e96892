import { HqnasError, choice, defineStrategy, integer, type Told } from '../../core/index.js';

/** A scored candidate. */
type Member = Told & { readonly score: number };

/**
 * Evolution with mu parents and lambda children per generation: "plus" keeps the best of both, "comma" the best children
 * (Schwefel 1981; Beyer and Schwefel 2002, "Evolution strategies: a comprehensive introduction"). mu = lambda = 1 with
 * "plus" is the (1+1) form. Parents are drawn uniformly; of equal scores the younger stays, so that a search may wander
 * over a plateau.
 */
export const muPlusLambda = defineStrategy({
  id: 'mu-plus-lambda/evolution',
  summary: 'generations of children from the best parents: (mu + lambda) or (mu, lambda)',
  options: {
    parents: integer(1, 1_000_000, { fallback: 8, help: 'parents, mu' }),
    children: integer(1, 1_000_000, { fallback: 8, help: 'children of a generation, lambda' }),
    selection: choice(['plus', 'comma'], {
      fallback: 'plus',
      help: 'plus: the best of parents and children go on; comma: the best children',
    }),
  },
  start({ parents: mu, children: lambda, selection }, moves) {
    if (selection === 'comma' && lambda < mu) {
      throw new HqnasError({
        code: 'invalid-option',
        what: 'with "comma" a generation must give enough children to take the place of all parents',
        where: 'strategy.children',
        expected: `at least ${mu}`,
        got: String(lambda),
        remedy: 'Raise children, or take selection: plus.',
      });
    }
    let parents: readonly Member[] = [];
    let children: Member[] = [];

    return {
      ask(_index, rng) {
        if (parents.length === 0) {
          const { genome, by } = moves.random(rng);
          return { genome, origin: { by, parents: [] } };
        }
        const parent = rng.pick(parents);
        const { genome, by } = moves.mutate(parent.genome, rng);
        return { genome, origin: { by, parents: [parent.index] } };
      },
      tell(result) {
        if (result.score === undefined) return;
        children.push({ ...result, score: result.score });
        if (children.length < (parents.length === 0 ? mu : lambda)) return;
        const pool = selection === 'plus' ? [...parents, ...children] : children;
        parents = pool.sort((a, b) => b.score - a.score || b.index - a.index).slice(0, mu);
        children = [];
      },
    };
  },
});
