import { definePlugin } from '../../core/index.js';
import { hyperband } from './hyperband.js';

export { hyperband };

export default definePlugin({ name: 'hyperband', version: '1', strategies: [hyperband] });
