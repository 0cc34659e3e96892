import { defineConstraint, integer, refuse } from '../../../core/index.js';
import { weigh, type LayerWeight } from './weigh.js';

/**
 * At most so many floating-point operations for one decision of the policy, as an estimate: a weight of a classical layer
 * costs a multiplication and an addition, a rotation of a circuit of n qubits 14 operations on each of 2^n amplitudes
 * (a complex 2 x 2 matrix on each pair: 28), and there is one rotation per weight and per encoded input.
 */
export const flopBudget = defineConstraint({
  id: 'search/flop-budget',
  summary: 'at most so many floating-point operations for one decision of the policy (estimated)',
  options: { maximum: integer(1, 4_000_000_000, { help: 'operations of one forward pass' }) },
  check(genome, context) {
    const weight = weigh(genome, context);
    if (weight === undefined) return undefined;
    const { maximum } = context.options;
    const operations = weight.policy.reduce((sum, layer) => sum + operationsOf(layer), 0);
    return operations > maximum ? refuse(`${operations} operations, the budget is ${maximum}`) : undefined;
  },
});

function operationsOf({ layer, parameters, outputRows }: LayerWeight): number {
  const { qubits } = layer.plan;
  return qubits === 0 ? 2 * parameters + outputRows : 14 * 2 ** qubits * (parameters + qubits);
}
