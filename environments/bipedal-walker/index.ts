import { defineEnvironment, definePlugin } from '../../core/index.js';
import { BipedalWalker } from './bipedal-walker-environment.js';
import { FRAMES_PER_SECOND } from './walker-constants.js';

/** Gymnasium's BipedalWalker-v3. */
export const bipedalWalker = defineEnvironment({
  id: 'bipedal-walker/v3',
  summary: 'walk on two legs over uneven ground',
  gymnasiumId: 'BipedalWalker-v3',
  maxEpisodeSteps: 1600,
  rewardThreshold: 300,
  resetOptions: {},
  framesPerSecond: FRAMES_PER_SECOND,
  options: {},
  make: () => new BipedalWalker({ hardcore: false }),
});

/** Gymnasium's BipedalWalkerHardcore-v3. */
export const bipedalWalkerHardcore = defineEnvironment({
  id: 'bipedal-walker/hardcore-v3',
  summary: 'walk on two legs over stumps, stairs and pits',
  gymnasiumId: 'BipedalWalkerHardcore-v3',
  maxEpisodeSteps: 2000,
  rewardThreshold: 300,
  resetOptions: {},
  framesPerSecond: FRAMES_PER_SECOND,
  options: {},
  make: () => new BipedalWalker({ hardcore: true }),
});

export default definePlugin({
  name: 'bipedal-walker',
  requires: ['box2d'],
  environments: [bipedalWalker, bipedalWalkerHardcore],
});
