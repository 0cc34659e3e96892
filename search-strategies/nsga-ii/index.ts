import { definePlugin } from '../../core/index.js';
import { nsga2 } from './nsga2.js';

export { nsga2 };

export default definePlugin({ name: 'nsga-ii', version: '1', strategies: [nsga2] });
