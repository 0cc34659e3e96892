import { definePlugin } from '../../core/index.js';
import { clipAction, rescaleAction } from './actions.js';
import { frameStack } from './frame-stack.js';
import { normalizeObservation } from './normalize-observation.js';
import { normalizeReward } from './normalize-reward.js';
import { flattenObservation, scaleObservation } from './observations.js';
import { addNoise, stickyAction } from './randomness.js';
import { timeLimit } from './time-limit.js';

export { normalizeObservation, normalizeReward };
export { RunningStatistics } from './running-statistics.js';

export default definePlugin({
  name: 'wrappers',
  wrappers: [
    timeLimit,
    frameStack,
    flattenObservation,
    scaleObservation,
    normalizeObservation,
    normalizeReward,
    addNoise,
    clipAction,
    rescaleAction,
    stickyAction,
  ],
});
