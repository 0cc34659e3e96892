import { definePlugin } from '../../core/index.js';
import { ppo } from './ppo-trainer.js';

export { ppoOptions, type PpoOptions } from './options.js';
export { ppo } from './ppo-trainer.js';
export { cleanrl, corrected, paper, sb3 } from './presets.js';
export { zoo, zooByEnvironment } from './zoo.js';

export default definePlugin({ name: 'ppo', requires: ['wrappers'], trainers: [ppo] });
