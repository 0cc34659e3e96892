import { defineDynamics, definePlugin, real } from '../../core/index.js';
import { RESET_LIMITS, pendulumDynamics } from './pendulum-dynamics.js';

/** Gymnasium's Pendulum-v1. */
export const pendulum = defineDynamics({
  id: 'pendulum/v1',
  summary: 'swing a pendulum up and hold it there with a weak motor',
  gymnasiumId: 'Pendulum-v1',
  maxEpisodeSteps: 200,
  resetOptions: RESET_LIMITS,
  framesPerSecond: 30,
  options: {
    g: real(-100, 100, { fallback: 10, help: 'acceleration of gravity, m/s^2' }),
  },
  dynamics: pendulumDynamics,
});

export default definePlugin({ name: 'pendulum', environments: [pendulum] });
