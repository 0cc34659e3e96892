import { freezeGenome } from '../../core/genome/edit.js';
import type { Genome } from '../../core/genome/genome.js';
import type { Mutation, MutationContext } from '../../core/genome/mutation.js';
import { createRng } from '../../core/random.js';
import { asGenome } from '../../core/search/mutation-contract.js';
import type { Check } from './contract.js';
import { ensure, ensureEqual } from './expect.js';
import { movesOf, taskOf, type SpaceContext } from './space-context.js';

/** What every mutation promises: pure, reproducible, a genome or nothing, of use to some network of the space. */
export function mutationContract(mutation: Mutation, context: SpaceContext): readonly Check[] {
  const { kinds, space, limits = space.limits } = context;
  const at = (seed: number): MutationContext => ({
    rng: createRng(seed).fork('mutate'),
    kinds,
    limits,
    task: taskOf(context),
  });
  const parents = (): readonly Genome[] => {
    const moves = movesOf(context, mutation);
    return Array.from({ length: 60 }, (_, seed) => freezeGenome(moves.random(createRng(seed)).genome));
  };
  const check = (name: string, run: () => void): Check => ({ name: `${mutation.id}: ${name}`, run });

  return [
    check('gives a genome or undefined, and leaves its parent alone', () => {
      for (const [seed, parent] of parents().entries()) {
        // The parent is frozen: a mutation that writes to it throws.
        const child = mutation.mutate(parent, at(seed));
        if (child === undefined) continue;
        ensure(child !== parent && child.layers !== parent.layers, 'the child is the parent itself');
        const result = asGenome(child, kinds);
        ensure(result.ok, result.ok ? '' : `no genome: ${result.reason}`);
      }
    }),
    check('gives the same child for the same parent and stream', () => {
      for (const [seed, parent] of parents().entries()) {
        const [one, two] = [mutation.mutate(parent, at(seed)), mutation.mutate(parent, at(seed))];
        ensureEqual(two ?? null, one ?? null, 'second call');
      }
    }),
    check('has valid children', () => {
      const moves = movesOf(context, mutation);
      const children = parents().filter((parent, seed) => {
        try {
          moves.mutate(parent, createRng(seed));
          return true;
        } catch (error) {
          if (error instanceof Error && 'code' in error && error.code === 'search-starved') return false;
          throw error;
        }
      });
      ensure(children.length > 0, 'none of 60 random parents has a valid child');
    }),
  ];
}
