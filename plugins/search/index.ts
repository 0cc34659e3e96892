import { definePlugin } from '../../core/index.js';
import { flopBudget } from './constraints/flop-budget.js';
import { noAdjacentQuantumLayers } from './constraints/no-adjacent-quantum-layers.js';
import { parameterBudget } from './constraints/parameter-budget.js';
import { quantumLayers } from './constraints/quantum-layers.js';
import { deduplicate } from './middleware/deduplicate.js';
import { mutationBandit } from './middleware/mutation-bandit.js';
import { repeat } from './middleware/repeat.js';
import { stopAtScore } from './middleware/stop-at-score.js';
import { stopWhenStuck } from './middleware/stop-when-stuck.js';
import { warmStart } from './middleware/warm-start.js';

export {
  deduplicate,
  flopBudget,
  mutationBandit,
  noAdjacentQuantumLayers,
  parameterBudget,
  quantumLayers,
  repeat,
  stopAtScore,
  stopWhenStuck,
  warmStart,
};

/** Constraints and middleware for any search. */
export default definePlugin({
  name: 'search',
  version: '1',
  constraints: [parameterBudget, flopBudget, quantumLayers, noAdjacentQuantumLayers],
  middleware: [deduplicate, repeat, stopAtScore, stopWhenStuck, warmStart, mutationBandit],
});
