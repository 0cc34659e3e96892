import { boolean, choice, defineDynamics, definePlugin } from '../../core/index.js';
import { RESET_BOUNDS, cartPoleDynamics } from './cartpole-dynamics.js';

/** Gymnasium's CartPole-v1. */
export const cartPole = defineDynamics({
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
  framesPerSecond: 50,
  dynamics: cartPoleDynamics,
});

export default definePlugin({ name: 'cartpole', environments: [cartPole] });
