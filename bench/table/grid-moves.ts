import { freezeGenome } from '../../core/genome/edit.js';
import { onePoint } from '../../core/search/crossover.js';
import type { Genome, Move, Moves, Mutation, Rng } from '../../core/index.js';
import { balancedSpace, mutations } from '../../plugins/paper/index.js';
import { kinds } from '../trainings.js';
import { dnaOf, genomeOf, gridLimits, gridTask, snapped } from './grid-space.js';

const all: readonly Mutation[] = Object.values(mutations);
const tries = 500;

/**
 * The study's moves, kept on the grid. What they give is moved to the grid and looked up, which takes the place of all
 * other checks: what is allowed can be built and keeps the rules.
 * @param allowed DNA of the networks that a search may propose
 */
export function gridMoves(allowed: ReadonlySet<string>): Moves {
  const names = new WeakMap<Genome, string>();
  const nameOf = (genome: Genome): string => {
    const name = names.get(genome) ?? dnaOf(snapped(genome));
    names.set(genome, name);
    return name;
  };
  const accept = (made: Genome | undefined, by: string): Move | undefined => {
    if (made === undefined) return undefined;
    const genome = freezeGenome(snapped(made));
    return allowed.has(nameOf(genome)) ? { genome, by } : undefined;
  };
  const child = (mutation: Mutation, parent: Genome, rng: Rng): Move | undefined =>
    accept(mutation.mutate(parent, { rng, kinds, limits: gridLimits, task: gridTask }), mutation.id);
  /** The first of many that passes. All draw from one stream: forks are most of what a move costs. */
  const first = (make: () => Move | undefined, most: number): Move | undefined => {
    for (let attempt = 0; attempt < most; attempt++) {
      const move = make();
      if (move !== undefined) return move;
    }
    return undefined;
  };
  const found = (move: Move | undefined): Move => {
    if (move === undefined) throw new Error('no network of the table within many tries');
    return move;
  };
  return {
    random(rng) {
      const draw = (): Genome => balancedSpace.random({ rng, kinds, limits: gridLimits, task: gridTask });
      return found(first(() => accept(draw(), 'random'), tries));
    },
    mutate: (parent, rng) => found(first(() => child(rng.pick(all), parent, rng), tries)),
    accept,
    mutations: all.map(({ id }) => ({ id, weight: 1 })),
    mutateBy(id, parent, rng) {
      const mutation = all.find((each) => each.id === id);
      if (mutation === undefined) throw new RangeError(`"${id}" is no mutation of the study`);
      return first(() => child(mutation, parent, rng), 10);
    },
    crossover: (one, other, rng) => first(() => accept(onePoint(one, other, gridLimits, rng), 'crossover'), 10),
    identity: nameOf,
    read: genomeOf,
    grid: () => {
      const listed = [...allowed];
      return { size: listed.length, at: (index) => genomeOf(listed[index]!) };
    },
  };
}
