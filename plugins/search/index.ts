import { definePlugin } from '../../core/index.js';
import { flopBudget } from './constraints/flop-budget.js';
import { measureLimit } from './constraints/measure-limit.js';
import { noAdjacentQuantumLayers } from './constraints/no-adjacent-quantum-layers.js';
import { parameterBudget } from './constraints/parameter-budget.js';
import { quantumLayers } from './constraints/quantum-layers.js';
import { deduplicate } from './middleware/deduplicate.js';
import { flops } from './flops.js';
import { halvingStop } from './middleware/halving-stop.js';
import { medianStop } from './middleware/median-stop.js';
import { mutationBandit } from './middleware/mutation-bandit.js';
import { repeat } from './middleware/repeat.js';
import { screen } from './middleware/screen.js';
import { stopAtScore } from './middleware/stop-at-score.js';
import { stopWhenStuck } from './middleware/stop-when-stuck.js';
import { warmStart } from './middleware/warm-start.js';

export {
  deduplicate,
  flopBudget,
  flops,
  halvingStop,
  measureLimit,
  medianStop,
  mutationBandit,
  noAdjacentQuantumLayers,
  parameterBudget,
  quantumLayers,
  repeat,
  screen,
  stopAtScore,
  stopWhenStuck,
  warmStart,
};

/** Constraints and middleware for any search. */
export default definePlugin({
  name: 'search',
  version: '1',
  constraints: [parameterBudget, flopBudget, measureLimit, quantumLayers, noAdjacentQuantumLayers],
  measures: [flops],
  middleware: [
    deduplicate,
    repeat,
    stopAtScore,
    stopWhenStuck,
    warmStart,
    mutationBandit,
    screen,
    medianStop,
    halvingStop,
  ],
});
