import { definePlugin } from '../../core/index.js';
import { ppo } from './ppo-trainer.js';

export { ppoOptions, type PpoOptions } from './options.js';
export { ppo } from './ppo-trainer.js';
export { cleanrl, corrected, paper, sb3, zooCartPole } from './presets.js';

export default definePlugin({ name: 'ppo', trainers: [ppo] });
