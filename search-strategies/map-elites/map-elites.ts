import { defineStrategy, integer, text, type Told } from '../../core/index.js';

/** A scored candidate. */
type Member = Told & { readonly score: number };

/**
 * MAP-Elites: Mouret and Clune, "Illuminating search spaces by mapping elites", 2015, arXiv 1504.04909. The best candidate
 * of each cell stays; children come from the elite of a uniformly drawn cell. Cells are doublings of one metric times
 * values of another, by default parameters and qubits.
 */
export const mapElites = defineStrategy({
  id: 'map-elites/cells',
  summary: 'the best network of every size and number of qubits, each a parent',
  options: {
    random: integer(1, 1_000_000, { fallback: 32, help: 'random candidates before the first child' }),
    size: text({ fallback: 'score/parameters', help: 'metric whose doublings are the rows of the map' }),
    kind: text({ fallback: 'score/qubits', help: 'metric whose whole values are the columns of the map' }),
  },
  start({ random, size, kind }, moves) {
    const elites = new Map<string, Member>();
    let scored = 0;

    return {
      ask(_index, rng) {
        if (scored < random || elites.size === 0) {
          const { genome, by } = moves.random(rng);
          return { genome, origin: { by, parents: [] } };
        }
        const parent = rng.pick([...elites.values()]);
        const { genome, by } = moves.mutate(parent.genome, rng);
        return { genome, origin: { by, parents: [parent.index] } };
      },
      tell(result) {
        if (result.score === undefined) return;
        scored++;
        const cell = `${doublings(result.metrics[size] ?? 0)} ${Math.floor(result.metrics[kind] ?? 0)}`;
        const elite = elites.get(cell);
        if (elite === undefined || result.score > elite.score) elites.set(cell, { ...result, score: result.score });
      },
    };
  },
});

/** How often 1 can be doubled without passing `value`: 0 below 2. */
function doublings(value: number): number {
  let count = 0;
  for (let bound = 2; bound <= value; bound *= 2) count++;
  return count;
}
