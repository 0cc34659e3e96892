import { definePlugin } from '../../core/index.js';
import { randomSearch } from './random-search.js';

export { randomSearch };

export default definePlugin({ name: 'random-search', version: '1', strategies: [randomSearch] });
