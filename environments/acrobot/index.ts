import { choice, defineDynamics, definePlugin, real } from '../../core/index.js';
import { RESET_BOUNDS, acrobotDynamics } from './acrobot-dynamics.js';

/** Gymnasium's Acrobot-v1. */
export const acrobot = defineDynamics({
  id: 'acrobot/v1',
  summary: 'swing two links up by a motor in the joint between them',
  gymnasiumId: 'Acrobot-v1',
  maxEpisodeSteps: 500,
  rewardThreshold: -100,
  afterTermination: 'continues',
  resetOptions: RESET_BOUNDS,
  framesPerSecond: 15,
  options: {
    book_or_nips: choice(['book', 'nips'], {
      fallback: 'book',
      help: 'equation of the second joint: book or 1996 paper',
    }),
    torque_noise_max: real(0, 10, { fallback: 0, help: 'uniform noise on the torque, N m' }),
  },
  dynamics: acrobotDynamics,
});

export default definePlugin({ name: 'acrobot', environments: [acrobot] });
