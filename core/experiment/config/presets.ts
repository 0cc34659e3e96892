import type { ConfigShape } from './config-schema.js';

/**
 * Settings of the study of Zada 2025 (arXiv 2501.10673) as published in intent: population 32, sample 8, 51,200 steps
 * per candidate, and as fitness one mean over 10 episodes with sampled actions.
 */
const paper: ConfigShape = {
  environment: 'cartpole/v1',
  searchSpace: 'paper/study',
  strategy: { use: 'regularized-evolution/aging', populationSize: 32, sampleSize: 8 },
  trainer: { use: 'ppo/clip', preset: 'paper' },
  evaluation: {
    scores: [{ policy: 'stochastic', episodes: 10 }],
    objective: 'score/stochastic-mean',
    duplicates: 'reuse',
  },
  budget: { candidates: 1064 },
};

/**
 * The same search with a trainer that bootstraps at the time limit and scales its heads, scored on held-out seeds. The
 * best five are trained five times more at the end, so that the winner is not the luckiest.
 */
const corrected: ConfigShape = {
  ...paper,
  trainer: { use: 'ppo/clip', preset: 'corrected' },
  evaluation: {
    scores: [
      { policy: 'greedy', episodes: 20 },
      { policy: 'stochastic', episodes: 20 },
    ],
    objective: 'score/greedy-mean',
    duplicates: 'reuse',
    finalists: { top: 5, repeats: 5, episodes: 100 },
  },
};

/** Values that a config may start from. */
export const presets: Readonly<Record<NonNullable<ConfigShape['preset']>, ConfigShape>> = { paper, corrected };
