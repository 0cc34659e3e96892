import { scoreMetrics } from '../training/metrics.js';
import { definePlugin } from './define-plugin.js';

/** The metrics that come with hqnas, as a plugin like any other. */
export const scorePlugin = definePlugin({ name: 'score', version: '1', metrics: scoreMetrics });
