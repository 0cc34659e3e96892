import { choice, defineConstraint, integer, refuse } from '../../../core/index.js';
import { weigh, type LayerWeight } from './weigh.js';

/** At most so many trainable weights. */
export const parameterBudget = defineConstraint({
  id: 'search/parameter-budget',
  summary: 'at most so many trainable weights in policy and value network together',
  options: {
    maximum: integer(1, 1_000_000_000, { help: 'weights of both networks' }),
    network: choice(['separate', 'shared'], {
      fallback: 'separate',
      help: 'as the trainer has it: with "shared" all layers but the head count once',
    }),
  },
  check(genome, context) {
    const weight = weigh(genome, context);
    if (weight === undefined) return undefined;
    const { maximum, network } = context.options;
    const counted = network === 'shared' ? weight.value.slice(-1) : weight.value;
    const parameters = sum(weight.policy) + sum(counted);
    return parameters > maximum ? refuse(`${parameters} weights, the budget is ${maximum}`) : undefined;
  },
});

function sum(layers: readonly LayerWeight[]): number {
  return layers.reduce((total, { parameters }) => total + parameters, 0);
}
