import { definePlugin } from '../../core/index.js';
import { gridSearch } from './grid-search.js';

export { gridSearch };

export default definePlugin({ name: 'grid-search', version: '1', strategies: [gridSearch] });
