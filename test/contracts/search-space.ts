import { checkLimits } from '../../core/genome/limits.js';
import { createRng } from '../../core/random.js';
import type { Check } from './contract.js';
import { ensure, ensureEqual } from './expect.js';
import { movesOf, taskOf, type SpaceContext } from './space-context.js';

/** What every search space promises: possible limits, known parts, reproducible draws that are mostly valid, no dead ends. */
export function searchSpaceContract(context: SpaceContext): readonly Check[] {
  const { space, kinds, mutations, constraints, limits = space.limits } = context;
  const check = (name: string, run: () => void): Check => ({ name: `${space.id}: ${name}`, run });
  return [
    check('has limits that can be kept', () => {
      checkLimits(limits, kinds, `${space.id} limits`);
    }),
    check('names mutations and constraints that exist', () => {
      for (const id of space.mutations) mutations.get(id, space.id);
      for (const id of space.constraints) constraints.get(id, space.id);
    }),
    check('draws the same genome from the same stream', () => {
      for (let seed = 0; seed < 50; seed++) {
        const draw = (): unknown => space.random({ rng: createRng(seed), kinds, limits, task: taskOf(context) });
        ensureEqual(draw(), draw(), 'second draw');
      }
    }),
    check('draws valid networks at least every second time', () => {
      const moves = movesOf(context);
      for (let seed = 0; seed < 200; seed++) moves.random(createRng(seed));
      const rejected = [...moves.rejections].map(([rule, { count, example }]) => ({ rule, count, example }));
      const count = rejected.reduce((sum, rejection) => sum + rejection.count, 0);
      ensure(count <= 200, `${count} draws thrown away for 200 taken: ${JSON.stringify(rejected)}`);
    }),
    check('has children for every network, 300 mutations in a row', () => {
      if (space.mutations.length === 0) return;
      const moves = movesOf(context);
      let { genome } = moves.random(createRng(0));
      for (let step = 0; step < 300; step++) ({ genome } = moves.mutate(genome, createRng(step)));
    }),
  ];
}
