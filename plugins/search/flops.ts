import { defineMeasure } from '../../core/index.js';
import { policyOperations } from './constraints/policy-operations.js';
import { weigh } from './constraints/weigh.js';

export const flops = defineMeasure({
  id: 'search/flops',
  summary: 'floating-point operations for one decision of the policy (estimated)',
  direction: 'minimise',
  of(untrained) {
    const weight = weigh(untrained.genome, untrained);
    return weight && policyOperations(weight);
  },
});
