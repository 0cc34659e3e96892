import type { Preset } from './presets.js';

/** RL Zoo has one set of options for both forms of the lander. */
const lander: Preset = {
  totalSteps: 1_000_000,
  environments: 16,
  stepsPerRollout: 1024,
  epochs: 4,
  gamma: 0.999,
  lambda: 0.98,
  entropyCoefficient: 0.01,
};

/**
 * Options of RL Zoo 2.9.0a2 (hyperparams/ppo.yml) by environment, as far as they differ from the defaults. Its gSDE is left
 * out: Pendulum does without; MountainCarContinuous explores with noise that lasts, and has longer rollouts for it.
 */
export const zoo = {
  zooCartPole: {
    totalSteps: 100_000,
    environments: 8,
    stepsPerRollout: 32,
    minibatchSize: 256,
    epochs: 20,
    gamma: 0.98,
    lambda: 0.8,
    learningRate: 1e-3,
    learningRateSchedule: 'linear',
    clipRangeSchedule: 'linear',
  },
  zooAcrobot: {
    totalSteps: 1_000_000,
    environments: 16,
    stepsPerRollout: 256,
    epochs: 4,
    gamma: 0.99,
    lambda: 0.94,
    normaliseObservations: true,
    normaliseRewards: true,
  },
  zooMountainCar: {
    totalSteps: 1_000_000,
    environments: 16,
    stepsPerRollout: 16,
    epochs: 4,
    gamma: 0.99,
    lambda: 0.98,
    normaliseObservations: true,
    normaliseRewards: true,
  },
  // The zoo has rollouts of 8 steps, a rate of 7.77e-5 and gSDE from a log deviation of -3.29, without orthogonal weights.
  zooMountainCarContinuous: {
    totalSteps: 20_000,
    environments: 1,
    stepsPerRollout: 512,
    epochs: 10,
    gamma: 0.9999,
    lambda: 0.9,
    clipRange: 0.1,
    entropyCoefficient: 0.00429,
    valueCoefficient: 0.19,
    maxGradientNorm: 5,
    normaliseObservations: true,
    normaliseRewards: true,
    noiseCorrelation: 0.92,
    logDeviation: -0.5,
  },
  zooPendulum: {
    totalSteps: 100_000,
    environments: 4,
    stepsPerRollout: 1024,
    epochs: 10,
    gamma: 0.9,
    lambda: 0.95,
    learningRate: 1e-3,
  },
  zooLunarLander: lander,
  zooLunarLanderContinuous: lander,
  zooBipedalWalker: {
    totalSteps: 5_000_000,
    environments: 32,
    stepsPerRollout: 2048,
    epochs: 10,
    gamma: 0.999,
    lambda: 0.95,
    clipRange: 0.18,
    normaliseObservations: true,
    normaliseRewards: true,
  },
  zooBipedalWalkerHardcore: {
    totalSteps: 100_000_000,
    environments: 16,
    stepsPerRollout: 2048,
    epochs: 10,
    gamma: 0.99,
    lambda: 0.95,
    learningRate: 2.5e-4,
    learningRateSchedule: 'linear',
    clipRangeSchedule: 'linear',
    entropyCoefficient: 0.001,
    normaliseObservations: true,
    normaliseRewards: true,
  },
} as const satisfies Readonly<Record<string, Preset>>;

/** What the name `zoo` stands for in each environment. */
export const zooByEnvironment: Readonly<Record<string, keyof typeof zoo>> = {
  'cartpole/v1': 'zooCartPole',
  'acrobot/v1': 'zooAcrobot',
  'mountain-car/v0': 'zooMountainCar',
  'mountain-car/continuous-v0': 'zooMountainCarContinuous',
  'pendulum/v1': 'zooPendulum',
  'lunar-lander/v3': 'zooLunarLander',
  'lunar-lander/continuous-v3': 'zooLunarLanderContinuous',
  'bipedal-walker/v3': 'zooBipedalWalker',
  'bipedal-walker/hardcore-v3': 'zooBipedalWalkerHardcore',
};
