import { boolean, choice, defineDynamics, definePlugin, real, type EnvironmentKind } from '../../core/index.js';
import { frozenLakeDynamics } from './frozen-lake-dynamics.js';

/** Options with a map to start from. */
function optionsWith(map: '4x4' | '8x8') {
  return {
    map_name: choice(['4x4', '8x8'], { fallback: map, help: 'which map' }),
    is_slippery: boolean({ fallback: true, help: 'whether moves may slip a quarter turn to either side' }),
    success_rate: real(0, 1, { fallback: 1 / 3, help: 'probability of going where one wants on slippery ice' }),
  };
}

/** Gymnasium's FrozenLake-v1. */
export const frozenLake: EnvironmentKind = defineDynamics({
  id: 'frozen-lake/v1',
  summary: 'cross a frozen lake of 4 x 4 cells without falling into a hole',
  gymnasiumId: 'FrozenLake-v1',
  maxEpisodeSteps: 100,
  rewardThreshold: 0.7,
  afterTermination: 'continues',
  resetOptions: {},
  framesPerSecond: 4,
  options: optionsWith('4x4'),
  dynamics: frozenLakeDynamics,
});

/** Gymnasium's FrozenLake8x8-v1. */
export const frozenLake8x8: EnvironmentKind = defineDynamics({
  id: 'frozen-lake/8x8-v1',
  summary: 'cross a frozen lake of 8 x 8 cells without falling into a hole',
  gymnasiumId: 'FrozenLake8x8-v1',
  maxEpisodeSteps: 200,
  rewardThreshold: 0.85,
  afterTermination: 'continues',
  resetOptions: {},
  framesPerSecond: 4,
  options: optionsWith('8x8'),
  dynamics: frozenLakeDynamics,
});

export default definePlugin({ name: 'frozen-lake', environments: [frozenLake, frozenLake8x8] });
