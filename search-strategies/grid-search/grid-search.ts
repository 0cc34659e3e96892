import { HqnasError, choice, defineStrategy, integer, texts, type GenomeGrid, type Rng } from '../../core/index.js';

/** A larger grid is not meant to be walked through. */
const mostPoints = 100_000_000;

/**
 * Every network of a grid once: all combinations of hyperparameters within the limits, for every number of layers. What
 * does not pass the rules of the search space, and what is the same network as one before, is passed over.
 */
export const gridSearch = defineStrategy({
  id: 'grid-search/enumeration',
  summary: 'every combination of hyperparameters within the limits, once',
  options: {
    layers: texts({
      fallback: ['classical/dense'],
      help: 'kinds of layers to combine',
    }),
    order: choice(['shuffled', 'listed'], {
      fallback: 'shuffled',
      help: 'shuffled: an unfinished grid is a fair sample; listed: short networks first',
    }),
    maximum: integer(1, mostPoints, { fallback: 1_000_000, help: 'refuse to start when the grid has more points' }),
  },
  start({ layers, order, maximum }, moves) {
    const grid = moves.grid(layers);
    if (!(grid.size <= maximum)) throw tooMany(grid, maximum);
    let points: Int32Array | undefined;
    let next = 0;
    const seen = new Set<string>();

    return {
      ask(_index, rng) {
        points ??= numbered(grid.size, order, rng);
        while (next < points.length) {
          const move = moves.accept(grid.at(points[next]!), 'grid-search/point');
          next++;
          if (move === undefined) continue;
          const identity = moves.identity(move.genome);
          if (seen.has(identity)) continue;
          seen.add(identity);
          return { genome: move.genome, origin: { by: move.by, parents: [] } };
        }
        return undefined;
      },
      tell: () => undefined,
    };
  },
});

function numbered(size: number, order: 'shuffled' | 'listed', rng: Rng): Int32Array {
  const points = Int32Array.from({ length: size }, (_, i) => i);
  if (order === 'shuffled') rng.fork('order').shuffle(points);
  return points;
}

function tooMany({ size }: GenomeGrid, maximum: number): HqnasError {
  return new HqnasError({
    code: 'grid-too-large',
    what: size === Infinity ? 'the grid has infinitely many points' : `the grid has ${size.toPrecision(6)} points`,
    where: 'strategy.maximum',
    expected: `at most ${maximum}`,
    remedy: 'Narrow searchSpace.limits, or take fewer kinds of layers.',
  });
}
