import { defineConstraint, integer, refuse } from '../../../core/index.js';
import { policyOperations } from './policy-operations.js';
import { weigh } from './weigh.js';

/** At most so many floating-point operations for one decision of the policy; `search/flops` is the same as a number. */
export const flopBudget = defineConstraint({
  id: 'search/flop-budget',
  summary: 'at most so many floating-point operations for one decision of the policy (estimated)',
  options: { maximum: integer(1, 4_000_000_000, { help: 'operations of one forward pass' }) },
  check(genome, context) {
    const weight = weigh(genome, context);
    if (weight === undefined) return undefined;
    const { maximum } = context.options;
    const operations = policyOperations(weight);
    return operations > maximum ? refuse(`${operations} operations, the budget is ${maximum}`) : undefined;
  },
});
