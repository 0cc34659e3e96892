/** Options that differ from the defaults, by the name of where they were published. */
export type Preset = Readonly<Record<string, string | number | boolean>>;

/** Stable-Baselines3 2.9: the defaults themselves. */
export const sb3: Preset = {};

/** CleanRL's `ppo.py` (commit fe8d8a03): 976 updates of 512 steps. */
export const cleanrl: Preset = {
  totalSteps: 499_712,
  environments: 4,
  stepsPerRollout: 128,
  minibatchSize: 128,
  epochs: 4,
  learningRate: 2.5e-4,
  learningRateSchedule: 'linear',
  scheduleAt: 'rollout-start',
  entropyCoefficient: 0.01,
  valueClip: 'cleanrl',
  truncation: 'terminate',
};

/** The hybrid architecture search study on CartPole: 100 updates of 512 steps. Its code's handling of the time limit is `truncation: 'ignore'`. */
export const paper: Preset = {
  totalSteps: 51_200,
  environments: 8,
  stepsPerRollout: 64,
  minibatchSize: 128,
  epochs: 4,
  gamma: 0.99,
  lambda: 0.98,
  learningRate: 2.5e-4,
  learningRateSchedule: 'linear',
  scheduleAt: 'rollout-start',
  entropyCoefficient: 0.01,
  valueClip: 'cleanrl',
  truncation: 'terminate',
  policyGain: Math.SQRT2,
  valueGain: Math.SQRT2,
};

/** The study's settings with a value for the observation at the time limit, and heads that start small. */
export const corrected: Preset = { ...paper, truncation: 'bootstrap', policyGain: 0.01, valueGain: 1 };
