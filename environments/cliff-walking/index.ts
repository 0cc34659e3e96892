import { boolean, defineDynamics, definePlugin } from '../../core/index.js';
import { cliffWalkingDynamics } from './cliff-walking-dynamics.js';

/** Gymnasium's CliffWalking-v1. */
export const cliffWalking = defineDynamics({
  id: 'cliff-walking/v1',
  summary: 'walk along a cliff to the other side without falling',
  gymnasiumId: 'CliffWalking-v1',
  afterTermination: 'continues',
  resetOptions: {},
  framesPerSecond: 4,
  options: {
    is_slippery: boolean({ fallback: false, help: 'whether moves may slip a quarter turn to either side' }),
  },
  dynamics: cliffWalkingDynamics,
});

export default definePlugin({ name: 'cliff-walking', environments: [cliffWalking] });
