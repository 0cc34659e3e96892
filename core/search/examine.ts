import { isHqnasError, messageOf } from '../errors.js';
import type { ConfiguredConstraint, ConstraintContext } from '../genome/constraint.js';
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
export function createExamination(
  constraints: readonly ConfiguredConstraint[],
  surroundings: Omit<ConstraintContext, 'options'>,
): Examination {
  const { kinds, limits, task } = surroundings;
  const rules = constraints.map(({ constraint, options }) => ({ constraint, context: { ...surroundings, options } }));

  return function examine(genome, by) {
    const repaired = new Set<Rule>();
    for (;;) {
      const unfit = unfitGenes(genome, by);
      if (unfit !== undefined) return unfit;
      const broken = firstBroken(rules, genome);
      if (broken === undefined) return { ok: true, genome };
      const { rule, refusal } = broken;
      const repair = repaired.has(rule) ? undefined : callRepair(rule, genome);
      if (repair === undefined) return { ok: false, rule: rule.constraint.id, reason: refusal.reason };
      repaired.add(rule);
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

interface Rule {
  readonly constraint: ConfiguredConstraint['constraint'];
  readonly context: ConstraintContext;
}

function firstBroken(
  rules: readonly Rule[],
  genome: Genome,
): { readonly rule: Rule; readonly refusal: Refusal } | undefined {
  for (const rule of rules) {
    const refusal = guarded(rule, () => rule.constraint.check(genome, rule.context));
    if (refusal !== undefined) return { rule, refusal };
  }
  return undefined;
}

function callRepair(rule: Rule, genome: Genome): Genome | undefined {
  const repaired = guarded(rule, () => rule.constraint.repair?.(genome, rule.context));
  if (repaired === undefined) return undefined;
  const result = asGenome(repaired, rule.context.kinds);
  return result.ok ? result.genome : undefined;
}

function guarded<T>({ constraint }: Rule, call: () => T): T {
  try {
    return call();
  } catch (error) {
    const message = `constraint "${constraint.id}" threw: ${messageOf(error)}`;
    throw new CandidateFailure({ stage: 'propose', code: 'constraint-threw', message }, error);
  }
}
