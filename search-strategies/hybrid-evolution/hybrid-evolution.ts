import { defineStrategy } from '../../core/index.js';
import { mutationBandit } from '../../plugins/search/index.js';
import { startEvolution } from './evolution.js';
import { options } from './options.js';

/**
 * Evolution for spaces of classical and hybrid networks whose scores are noisy. Its parts are switches; README.md says what
 * each is for and where it comes from.
 */
export const hybridEvolution = defineStrategy({
  id: 'hybrid-evolution/niches',
  summary: 'evolution under noise: parents by belief, children screened, leaders trained again, niches by qubits',
  options,
  inheritsWeights: ({ inherit }) => inherit === 'weights',
  start(values, moves, context) {
    // An id that nobody knows must not wait for the first child.
    if (values.screening === 'measure') context.measures?.directionOf(values.measure);
    if (!values.bandit) return startEvolution(values, moves, context);
    const settings = { floor: 0.3, rate: 0.05, prior: 0.3 };
    return mutationBandit.wrap(settings, (guided) => startEvolution(values, guided, context), moves, context);
  },
});
