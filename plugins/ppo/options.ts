import { boolean, choice, integer, real, type ValuesOf } from '../../core/index.js';

/** Everything that can be set about PPO; the defaults are those of Stable-Baselines3. */
export const ppoOptions = {
  totalSteps: integer(1, 1_000_000_000, {
    fallback: 100_000,
    help: 'environment steps to train for; the last rollout is always finished, so a few more may be taken',
  }),
  environments: integer(1, 64, { fallback: 1, help: 'environments that are stepped side by side' }),
  stepsPerRollout: integer(1, 1_000_000, {
    fallback: 2048,
    help: 'steps that each environment takes between two updates',
  }),
  minibatchSize: integer(1, 1_000_000, {
    fallback: 64,
    help: 'samples per optimiser step; a larger number than the rollout holds means all of it',
  }),
  epochs: integer(1, 1000, { fallback: 10, help: 'passes over the rollout per update' }),
  learningRate: real(0, 1, { fallback: 3e-4, help: 'step size of Adam at the start' }),
  learningRateSchedule: choice(['constant', 'linear'], {
    fallback: 'constant',
    help: 'linear: falls to 0 over the training',
  }),
  clipRange: real(0, 10, {
    fallback: 0.2,
    help: 'the probability ratio counts within 1 - clipRange and 1 + clipRange',
  }),
  clipRangeSchedule: choice(['constant', 'linear'], {
    fallback: 'constant',
    help: 'linear: falls to 0 over the training',
  }),
  scheduleAt: choice(['rollout-end', 'rollout-start'], {
    fallback: 'rollout-end',
    help: 'steps that a linear schedule counts at an update: with the rollout just taken (Stable-Baselines3) or without (CleanRL)',
  }),
  valueClip: choice(['none', 'sb3', 'cleanrl'], {
    fallback: 'none',
    help: 'value loss: squared error; sb3: squared error of the clipped value alone; cleanrl: half the larger of both squared errors',
  }),
  gamma: real(0, 1, { fallback: 0.99, help: 'discount per step' }),
  lambda: real(0, 1, { fallback: 0.95, help: 'decay of generalised advantage estimation' }),
  entropyCoefficient: real(0, 10, { fallback: 0, help: 'weight of the entropy bonus' }),
  valueCoefficient: real(0, 10, { fallback: 0.5, help: 'weight of the value loss' }),
  maxGradientNorm: real(0, 1000, {
    fallback: 0.5,
    help: 'the gradient over all parameters is scaled down to this L2 norm; 0 = off',
  }),
  normaliseAdvantage: boolean({ fallback: true, help: 'advantages of each minibatch to mean 0 and deviation 1' }),
  targetKl: real(0, 100, {
    fallback: 0,
    help: 'an update stops before a step whose minibatch has a KL divergence above 1.5 times this; 0 = off',
  }),
  truncation: choice(['bootstrap', 'terminate', 'ignore'], {
    fallback: 'bootstrap',
    help: 'at a time limit: add the value of the last observation; treat it as an end; or look across the reset as if nothing happened (wrong, but found in published code)',
  }),
  network: choice(['separate', 'shared'], {
    fallback: 'separate',
    help: 'actor and critic as two networks, or one trunk with two heads',
  }),
  hiddenGain: real(0, 10, { fallback: Math.SQRT2, help: 'gain of orthogonal start weights of hidden layers' }),
  policyGain: real(0, 10, { fallback: 0.01, help: 'the same for the policy head' }),
  valueGain: real(0, 10, { fallback: 1, help: 'the same for the value head' }),
  logDeviation: real(-20, 5, {
    fallback: 0,
    help: 'logarithm of the standard deviation that continuous actions start with; learned, equal for all observations',
  }),
  noiseCorrelation: real(0, 0.9999, {
    fallback: 0,
    help: 'correlation of the noise of continuous actions from one step to the next; each action alone is distributed as without it',
  }),
  normaliseObservations: boolean({
    fallback: false,
    help: 'observations to mean 0 and variance 1, as far as seen in training; the statistics stay with the network',
  }),
  observationClip: real(0.1, 1000, { fallback: 10, help: 'largest absolute value of a normalised observation' }),
  normaliseRewards: boolean({
    fallback: false,
    help: 'learn from rewards divided by the deviation of discounted returns; curves and scores are of the rewards themselves',
  }),
  rewardClip: real(0.1, 1000, { fallback: 10, help: 'largest absolute value of a normalised reward' }),
  dropout: real(0, 0.95, {
    fallback: 0,
    help: 'share of the numbers after every hidden layer that are dropped during updates, never in rollouts and scores',
  }),
  adamEpsilon: real(0, 1, { fallback: 1e-5, help: 'epsilon of Adam' }),
  weightDecay: real(0, 1, { fallback: 0, help: 'decoupled weight decay (AdamW), per unit of learning rate' }),
};

export type PpoOptions = ValuesOf<typeof ppoOptions>;
