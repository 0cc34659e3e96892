import { boolean, choice, defineEnvironment, definePlugin } from '../../core/index.js';
import { CartPole, RESET_BOUNDS } from './cartpole-environment.js';
import { CartPoleVector } from './cartpole-vector.js';

/** Gymnasium's CartPole-v1. */
export const cartPole = defineEnvironment({
  id: 'cartpole/v1',
  summary: 'balance a pole on a cart by pushing the cart left or right',
  gymnasiumId: 'CartPole-v1',
  maxEpisodeSteps: 500,
  rewardThreshold: 475,
  afterTermination: 'continues',
  resetOptions: RESET_BOUNDS,
  options: {
    sutton_barto_reward: boolean({
      fallback: false,
      help: 'reward 0 per step and -1 at the end, instead of 1 per step',
    }),
    integrator: choice(['euler', 'semi-implicit'], {
      fallback: 'euler',
      help: 'whether position and angle advance with the old velocities or with the new ones',
    }),
  },
  make: (options) => new CartPole(options),
  makeVector: (count, options, maxEpisodeSteps) => new CartPoleVector(count, options, maxEpisodeSteps),
});

export default definePlugin({ name: 'cartpole', environments: [cartPole] });
