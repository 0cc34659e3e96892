import { definePlugin } from '../../core/index.js';
import { hillClimbing } from './hill-climbing.js';

export { hillClimbing };

export default definePlugin({ name: 'local-search', version: '1', strategies: [hillClimbing] });
