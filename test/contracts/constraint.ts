import { configureConstraint, type Constraint, type ConstraintContext } from '../../core/genome/constraint.js';
import { freezeGenome } from '../../core/genome/edit.js';
import type { Genome } from '../../core/genome/genome.js';
import { createRng } from '../../core/random.js';
import { asGenome } from '../../core/search/mutation-contract.js';
import type { Check } from './contract.js';
import { ensure, ensureEqual } from './expect.js';
import { taskOf, type SpaceContext } from './space-context.js';

/**
 * What every constraint promises: a reason when it refuses, nothing changed, repairs that it accepts itself.
 * @param given options of the constraint; the rest take their defaults
 */
export function constraintContract(
  constraint: Constraint,
  context: SpaceContext,
  given: Readonly<Record<string, unknown>> = {},
): readonly Check[] {
  const { kinds, space, limits = space.limits } = context;
  const { options } = configureConstraint(constraint, given);
  const at: ConstraintContext = { kinds, limits, task: taskOf(context), options };
  const genomes = (): readonly Genome[] =>
    Array.from({ length: 100 }, (_, seed) => freezeGenome(space.random({ ...at, rng: createRng(seed) })));
  const check = (name: string, run: () => void): Check => ({ name: `${constraint.id}: ${name}`, run });

  return [
    check('refuses with a reason, and the same way each time', () => {
      for (const genome of genomes()) {
        const refusal = constraint.check(genome, at);
        ensure(refusal === undefined || refusal.reason.length > 0, 'a refusal without a reason');
        ensureEqual(constraint.check(genome, at) ?? null, refusal ?? null, 'second call');
      }
    }),
    check('accepts some network of the space', () => {
      ensure(
        genomes().some((genome) => constraint.check(genome, at) === undefined),
        'all of 100 random networks are refused',
      );
    }),
    check('repairs to a genome that it accepts', () => {
      for (const genome of genomes()) {
        const repaired = constraint.check(genome, at) === undefined ? undefined : constraint.repair?.(genome, at);
        if (repaired === undefined) continue;
        const result = asGenome(repaired, kinds);
        ensure(result.ok, result.ok ? '' : `no genome: ${result.reason}`);
        ensure(
          constraint.check(repaired, at) === undefined,
          `a repaired genome is refused: ${JSON.stringify(repaired)}`,
        );
      }
    }),
  ];
}
