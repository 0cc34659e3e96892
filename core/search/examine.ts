import { isHqnasError, messageOf } from '../errors.js';
import type { Constraint, ConstraintContext } from '../genome/constraint.js';
import { express } from '../genome/express.js';
import type { Genome } from '../genome/genome.js';
import { outsideLimits } from '../genome/limits.js';
import type { Refusal } from '../layer/layer-kind.js';
import { CandidateFailure } from '../training/failure.js';
import { asGenome } from './mutation-contract.js';

/** Passed, perhaps repaired; or the rule that threw it out: `limits`, `expression`, or the id of a constraint. */
export type Examined =
  | { readonly ok: true; readonly genome: Genome }
  | { readonly ok: false; readonly rule: string; readonly reason: string };

export type Examination = (genome: Genome, by: string) => Examined;

/**
 * All that a genome must pass before it is a candidate. A constraint that offers a repair is asked once per genome; what
 * it gives is examined from the start.
 * @throws CandidateFailure `constraint-threw`, `mutation-broke-contract` for genes that are none
 */
export function createExamination(constraints: readonly Constraint[], context: ConstraintContext): Examination {
  const { kinds, limits, task } = context;
  return function examine(genome, by) {
    const repaired = new Set<Constraint>();
    for (;;) {
      const unfit = unfitGenes(genome, by);
      if (unfit !== undefined) return unfit;
      const broken = firstBroken(constraints, genome, context);
      if (broken === undefined) return { ok: true, genome };
      const { constraint, refusal } = broken;
      const repair = repaired.has(constraint) ? undefined : callRepair(constraint, genome, context);
      if (repair === undefined) return { ok: false, rule: constraint.id, reason: refusal.reason };
      repaired.add(constraint);
      genome = repair;
    }
  };

  function unfitGenes(genome: Genome, by: string): Examined | undefined {
    try {
      const outside = outsideLimits(genome, kinds, limits);
      if (outside !== undefined) return { ok: false, rule: 'limits', reason: outside.reason };
      const expressed = express(genome, { kinds, task });
      return expressed.ok ? undefined : { ok: false, rule: 'expression', reason: expressed.reason };
    } catch (error) {
      if (!isHqnasError(error)) throw error;
      const message = `"${by}" gave a gene that is none: ${messageOf(error)}`;
      throw new CandidateFailure({ stage: 'propose', code: 'mutation-broke-contract', message, by }, error);
    }
  }
}

function firstBroken(
  constraints: readonly Constraint[],
  genome: Genome,
  context: ConstraintContext,
): { readonly constraint: Constraint; readonly refusal: Refusal } | undefined {
  for (const constraint of constraints) {
    const refusal = guarded(constraint, () => constraint.check(genome, context));
    if (refusal !== undefined) return { constraint, refusal };
  }
  return undefined;
}

function callRepair(constraint: Constraint, genome: Genome, context: ConstraintContext): Genome | undefined {
  const repaired = guarded(constraint, () => constraint.repair?.(genome, context));
  if (repaired === undefined) return undefined;
  const result = asGenome(repaired, context.kinds);
  return result.ok ? result.genome : undefined;
}

function guarded<T>(constraint: Constraint, call: () => T): T {
  try {
    return call();
  } catch (error) {
    const message = `constraint "${constraint.id}" threw: ${messageOf(error)}`;
    throw new CandidateFailure({ stage: 'propose', code: 'constraint-threw', message }, error);
  }
}
