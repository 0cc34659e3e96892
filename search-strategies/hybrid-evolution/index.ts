import { definePlugin } from '../../core/index.js';
import { hybridEvolution } from './hybrid-evolution.js';

export { hybridEvolution };

export default definePlugin({
  name: 'hybrid-evolution',
  version: '1',
  requires: ['search'],
  strategies: [hybridEvolution],
});
