import { boolean, defineEnvironment, definePlugin, real } from '../../core/index.js';
import { FRAMES_PER_SECOND } from './lander-constants.js';
import { LunarLander } from './lunar-lander-environment.js';

const options = {
  gravity: real(-11.999, -0.001, { fallback: -10, help: 'acceleration of gravity' }),
  enable_wind: boolean({ fallback: false, help: 'whether wind blows' }),
  wind_power: real(0, 20, { fallback: 15, help: 'largest force of the wind' }),
  turbulence_power: real(0, 2, { fallback: 1.5, help: 'largest torque of the wind' }),
};

/** Gymnasium's LunarLander-v3. */
export const lunarLander = defineEnvironment({
  id: 'lunar-lander/v3',
  summary: 'land softly between two flags with three engines',
  gymnasiumId: 'LunarLander-v3',
  maxEpisodeSteps: 1000,
  rewardThreshold: 200,
  resetOptions: {},
  framesPerSecond: FRAMES_PER_SECOND,
  options,
  make: (values) => new LunarLander({ ...values, continuous: false }),
});

/** Gymnasium's LunarLanderContinuous-v3. */
export const lunarLanderContinuous = defineEnvironment({
  id: 'lunar-lander/continuous-v3',
  summary: 'land softly between two flags with engines that can be throttled',
  gymnasiumId: 'LunarLanderContinuous-v3',
  maxEpisodeSteps: 1000,
  rewardThreshold: 200,
  resetOptions: {},
  framesPerSecond: FRAMES_PER_SECOND,
  options,
  make: (values) => new LunarLander({ ...values, continuous: true }),
});

export { landByRule } from './land-by-rule.js';

export default definePlugin({
  name: 'lunar-lander',
  requires: ['box2d'],
  environments: [lunarLander, lunarLanderContinuous],
});
