import { configureConstraint, type Constraint, type Task } from '../../core/genome/constraint.js';
import type { Limits } from '../../core/genome/genome.js';
import type { Mutation } from '../../core/genome/mutation.js';
import type { SearchSpace } from '../../core/genome/search-space.js';
import type { LayerKind } from '../../core/layer/layer-kind.js';
import type { Registry } from '../../core/registry.js';
import { createMoves, type CountedMoves } from '../../core/search/create-moves.js';

/** The surroundings in which mutations, constraints and search spaces are tried. */
export interface SpaceContext {
  /** Where parents come from. */
  readonly space: SearchSpace;
  readonly kinds: Registry<LayerKind>;
  readonly mutations: Registry<Mutation>;
  readonly constraints: Registry<Constraint>;
  /** Default: those of the space. */
  readonly limits?: Limits;
  /** Default: four numbers in, two out, as in CartPole. */
  readonly task?: Task;
}

/** The task of a context; CartPole's where it names none. */
export function taskOf({ task = { observationRows: 4, policyRows: 2 } }: SpaceContext): Task {
  return task;
}

/** Moves as a search gets them; `only` replaces the mutations of the space. */
export function movesOf(context: SpaceContext, only?: Mutation): CountedMoves {
  const { space, kinds, mutations, constraints, limits = space.limits } = context;
  return createMoves({
    space,
    mutations: (only === undefined ? space.mutations.map((id) => mutations.get(id, space.id)) : [only]).map(
      (mutation) => ({
        mutation,
        weight: 1,
      }),
    ),
    constraints: space.constraints.map((id) => configureConstraint(constraints.get(id, space.id))),
    limits,
    kinds,
    task: taskOf(context),
  });
}
