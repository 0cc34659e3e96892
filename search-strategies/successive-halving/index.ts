import { definePlugin } from '../../core/index.js';
import { successiveHalving } from './successive-halving.js';

export { successiveHalving };

export default definePlugin({ name: 'successive-halving', version: '1', strategies: [successiveHalving] });
