import type { Plugin } from '../core/plugin/define-plugin.js';
import { scorePlugin } from '../core/plugin/score-plugin.js';
import cartpole from '../environments/cartpole/index.js';
import classical from '../plugins/classical/index.js';
import paper from '../plugins/paper/index.js';
import ppo from '../plugins/ppo/index.js';
import quantumStatevector from '../plugins/quantum-statevector/index.js';
import randomSearch from '../search-strategies/random-search/index.js';
import regularizedEvolution from '../search-strategies/regularized-evolution/index.js';

/** Address of this module: workers load the same plugins by it. */
export const builtInPluginsUrl = import.meta.url;

/** The plugins that come with hqnas. */
export const builtInPlugins: readonly Plugin[] = [
  scorePlugin,
  cartpole,
  classical,
  quantumStatevector,
  ppo,
  paper,
  regularizedEvolution,
  randomSearch,
];
