import { defineStrategy, integer, real, texts, type Move, type Rng, type Told } from '../../core/index.js';
import { expectedImprovement, rankLogits } from './acquisition.js';
import { describer } from './describe.js';
import { rowOf, tabulate, type Features } from './encode.js';
import { growForest, predict } from './forest.js';

/** A scored candidate with its features. */
interface Observation {
  readonly told: Told;
  readonly score: number;
  readonly features: Features;
}

/** What is believed after some results. */
interface Belief {
  readonly names: readonly string[];
  readonly forest: ReturnType<typeof growForest>;
  /** The highest mean that is predicted for a candidate with a result. */
  readonly best: number;
  /** Candidates with the highest predicted means, best first. */
  readonly leaders: readonly Told[];
}

/**
 * Search guided by a regression of scores on features of the genome: of a pool of random candidates and children of the
 * candidates with the best predicted scores, the one with the largest expected improvement is trained. Under noise the
 * mark to beat is the best prediction, not the best observation (plug-in of Vazquez, Villemonteix, Sidorkiewicz and Walter
 * 2008), and scores count by rank. Random forests for such spaces: Hutter, Hoos and Leyton-Brown 2011 (SMAC).
 */
export const surrogate = defineStrategy({
  id: 'surrogate/expected-improvement',
  summary: 'trees learn the score from the genome; the most promising of many children is trained',
  options: {
    random: integer(2, 1_000_000, { fallback: 24, help: 'random candidates before the first prediction' }),
    pool: integer(2, 10_000, { fallback: 100, help: 'genomes that are compared for one candidate' }),
    children: real(0, 1, {
      fallback: 0.9,
      help: 'share of the pool that is mutated from leaders; the rest is random',
    }),
    leaders: integer(1, 10_000, {
      fallback: 8,
      help: 'candidates with the best predictions, whose children are tried',
    }),
    trees: integer(2, 1000, { fallback: 32, help: 'trees of the forest' }),
    leaf: integer(1, 1000, { fallback: 2, help: 'least number of results at the end of a branch' }),
    refit: integer(1, 10_000, { fallback: 4, help: 'results between two fits' }),
    features: texts({
      fallback: [],
      help: 'training-free measures, and metrics that need no training, that the trees see beside the genome',
    }),
  },
  start({ random, pool, children, leaders, trees, leaf, refit, features }, moves, { measures }) {
    const describe = describer(features, measures);
    const observations: Observation[] = [];
    const proposed = new Set<string>();
    let belief: Belief | undefined;
    let fitted = 0;

    return {
      ask(_index, rng) {
        if (observations.length < random) {
          const { genome, by } = moves.random(rng);
          return propose({ genome, by }, []);
        }
        if (belief === undefined || observations.length >= fitted + refit) belief = believe(rng.fork('forest'));
        let best: { readonly move: Move; readonly parents: readonly number[] } | undefined;
        let bestValue = -Infinity;
        for (let tried = 0; tried < pool; tried++) {
          const stream = rng.fork('pool', tried);
          const parent = tried < children * pool ? stream.pick(belief.leaders) : undefined;
          const move = parent === undefined ? moves.random(stream) : descend(parent, stream);
          const value = promiseOf(move, belief);
          if (value <= bestValue) continue;
          bestValue = value;
          best = { move, parents: parent === undefined ? [] : [parent.index] };
        }
        // The pool has at least two genomes, and every value is above -Infinity.
        return propose(best!.move, best!.parents);
      },
      tell(told) {
        if (told.score === undefined) return;
        observations.push({ told, score: told.score, features: describe(told.genome) });
      },
    };

    /** What was proposed before comes last, and is not measured. */
    function promiseOf({ genome }: Move, { forest, names, best }: Belief): number {
      if (proposed.has(moves.identity(genome))) return -1;
      return expectedImprovement(predict(forest, rowOf(describe(genome), names)), best);
    }

    function propose({ genome, by }: Move, parents: readonly number[]) {
      proposed.add(moves.identity(genome));
      return { genome, origin: { by, parents } };
    }

    /** A child, or as often a grandchild: one more step around what is known already. */
    function descend(parent: Told, rng: Rng): Move {
      const child = moves.mutate(parent.genome, rng);
      return rng.int(2) === 0 ? child : moves.mutate(child.genome, rng.fork('grandchild'));
    }

    function believe(rng: Rng): Belief {
      fitted = observations.length;
      const { names, rows } = tabulate(observations.map(({ features }) => features));
      const targets = rankLogits(observations.map(({ score }) => score));
      const forest = growForest(rows, targets, { trees, leaf }, rng);
      const means = rows.map((row) => predict(forest, row).mean);
      const order = means.map((_, i) => i).sort((a, b) => means[b]! - means[a]! || a - b);
      return {
        names,
        forest,
        best: means[order[0]!]!,
        leaders: order.slice(0, leaders).map((index) => observations[index]!.told),
      };
    }
  },
});
