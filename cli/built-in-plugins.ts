import { pythonFile } from '../core/node/python-files.js';
import { openSynchronousChannel } from '../core/node/synchronous-channel.js';
import type { Plugin } from '../core/plugin/define-plugin.js';
import { scorePlugin } from '../core/plugin/score-plugin.js';
import acrobot from '../environments/acrobot/index.js';
import bipedalWalker from '../environments/bipedal-walker/index.js';
import cartpole from '../environments/cartpole/index.js';
import cliffWalking from '../environments/cliff-walking/index.js';
import echo from '../environments/echo/index.js';
import { gymnasiumBridge } from '../environments/gymnasium-bridge/index.js';
import lunarLander from '../environments/lunar-lander/index.js';
import frozenLake from '../environments/frozen-lake/index.js';
import mountainCar from '../environments/mountain-car/index.js';
import pendulum from '../environments/pendulum/index.js';
import box2d from '../plugins/box2d/index.js';
import classical from '../plugins/classical/index.js';
import measures from '../plugins/measures/index.js';
import paper from '../plugins/paper/index.js';
import ppo from '../plugins/ppo/index.js';
import quantum from '../plugins/quantum/index.js';
import quantumStatevector from '../plugins/quantum-statevector/index.js';
import gridSearch from '../search-strategies/grid-search/index.js';
import hybridEvolution from '../search-strategies/hybrid-evolution/index.js';
import hyperband from '../search-strategies/hyperband/index.js';
import localSearch from '../search-strategies/local-search/index.js';
import mapElites from '../search-strategies/map-elites/index.js';
import muPlusLambda from '../search-strategies/mu-plus-lambda/index.js';
import nsga2 from '../search-strategies/nsga-ii/index.js';
import successiveHalving from '../search-strategies/successive-halving/index.js';
import surrogate from '../search-strategies/surrogate/index.js';
import searchPlugin from '../plugins/search/index.js';
import randomSearch from '../search-strategies/random-search/index.js';
import wrappers from '../plugins/wrappers/index.js';
import regularizedEvolution from '../search-strategies/regularized-evolution/index.js';

/** Address of this module: workers load the same plugins by it. */
export const builtInPluginsUrl = import.meta.url;

/** The plugins that come with hqnas. */
export const builtInPlugins: readonly Plugin[] = [
  scorePlugin,
  cartpole,
  mountainCar,
  acrobot,
  pendulum,
  frozenLake,
  cliffWalking,
  echo,
  box2d,
  lunarLander,
  bipedalWalker,
  gymnasiumBridge((command) => openSynchronousChannel(command), pythonFile('gymnasium_bridge.py')),
  wrappers,
  classical,
  quantumStatevector,
  quantum,
  measures,
  ppo,
  paper,
  regularizedEvolution,
  randomSearch,
  searchPlugin,
  gridSearch,
  hybridEvolution,
  hyperband,
  localSearch,
  mapElites,
  muPlusLambda,
  nsga2,
  successiveHalving,
  surrogate,
];
