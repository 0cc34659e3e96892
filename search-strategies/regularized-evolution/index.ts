import { definePlugin } from '../../core/index.js';
import { regularizedEvolution } from './regularized-evolution.js';

export { regularizedEvolution };

export default definePlugin({ name: 'regularized-evolution', version: '1', strategies: [regularizedEvolution] });
