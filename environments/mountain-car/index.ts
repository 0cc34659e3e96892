import { defineDynamics, definePlugin, real } from '../../core/index.js';
import { continuousDynamics } from './continuous-dynamics.js';
import { mountainCarDynamics } from './mountain-car-dynamics.js';
import { RESET_BOUNDS } from './valley.js';

const options = {
  goal_velocity: real(0, 0.07, { fallback: 0, help: 'velocity with which the goal must be reached' }),
};

/** Gymnasium's MountainCar-v0. */
export const mountainCar = defineDynamics({
  id: 'mountain-car/v0',
  summary: 'drive a weak car out of a valley by swinging',
  gymnasiumId: 'MountainCar-v0',
  maxEpisodeSteps: 200,
  rewardThreshold: -110,
  afterTermination: 'continues',
  resetOptions: RESET_BOUNDS,
  framesPerSecond: 30,
  options,
  dynamics: mountainCarDynamics,
});

/** Gymnasium's MountainCarContinuous-v0. */
export const mountainCarContinuous = defineDynamics({
  id: 'mountain-car/continuous-v0',
  summary: 'drive a weak car out of a valley with little force',
  gymnasiumId: 'MountainCarContinuous-v0',
  maxEpisodeSteps: 999,
  rewardThreshold: 90,
  afterTermination: 'continues',
  resetOptions: RESET_BOUNDS,
  framesPerSecond: 30,
  options,
  dynamics: continuousDynamics,
});

export default definePlugin({ name: 'mountain-car', environments: [mountainCar, mountainCarContinuous] });
