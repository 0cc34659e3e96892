import { mean } from '../statistics.js';
import { defineMetric, type Measured, type Metric } from './metric.js';
import type { Score } from './evaluator.js';

function scoreOf({ scores }: Measured, policy: Score['policy']): Score | undefined {
  return scores.find((score) => score.policy === policy && score.under === undefined);
}

/** The first score under other conditions. */
function conditionedOf({ scores }: Measured): Score | undefined {
  return scores.find(({ under }) => under !== undefined);
}

/**
 * Interquartile mean (Agarwal et al. 2021, "Deep reinforcement learning at the edge of the statistical precipice", arXiv
 * 2108.13264): the mean after a quarter of the values, rounded down, is cut off at each end.
 */
export function interquartileMean(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const cut = Math.floor(sorted.length / 4);
  const middle = sorted.slice(cut, sorted.length - cut);
  return mean(middle);
}

const greedyMean = defineMetric({
  id: 'score/greedy-mean',
  summary: 'mean return of the held-out episodes when the most probable action is taken',
  direction: 'maximise',
  of: (measured) => scoreOf(measured, 'greedy')?.mean,
});

const stochasticMean = defineMetric({
  id: 'score/stochastic-mean',
  summary: 'mean return of the held-out episodes when actions are sampled from the policy',
  direction: 'maximise',
  of: (measured) => scoreOf(measured, 'stochastic')?.mean,
});

const greedyIqm = defineMetric({
  id: 'score/greedy-iqm',
  summary: 'interquartile mean of the greedy returns',
  direction: 'maximise',
  of(measured) {
    const score = scoreOf(measured, 'greedy');
    return score && interquartileMean(score.returns);
  },
});

const stochasticIqm = defineMetric({
  id: 'score/stochastic-iqm',
  summary: 'interquartile mean of the stochastic returns',
  direction: 'maximise',
  of(measured) {
    const score = scoreOf(measured, 'stochastic');
    return score && interquartileMean(score.returns);
  },
});

const greedyMinimum = defineMetric({
  id: 'score/greedy-minimum',
  summary: 'return of the worst greedy episode',
  direction: 'maximise',
  of(measured) {
    const score = scoreOf(measured, 'greedy');
    return score && Math.min(...score.returns);
  },
});

const conditionedMean = defineMetric({
  id: 'score/conditioned-mean',
  summary: 'mean return under the first conditions that evaluation.scores names, such as noise',
  direction: 'maximise',
  of: (measured) => conditionedOf(measured)?.mean,
});

const conditionedLoss = defineMetric({
  id: 'score/conditioned-loss',
  summary: 'mean return that the first conditions of evaluation.scores cost, against the same policy without them',
  direction: 'minimise',
  of(measured) {
    const conditioned = conditionedOf(measured);
    const plain = conditioned && scoreOf(measured, conditioned.policy);
    return plain && plain.mean - conditioned.mean;
  },
});

const parameters = defineMetric({
  id: 'score/parameters',
  summary: 'trainable weights of policy and value network together',
  direction: 'minimise',
  trainingFree: true,
  of: ({ counts }) => counts.parameters,
});

const qubits = defineMetric({
  id: 'score/qubits',
  summary: 'qubits of the widest circuit; 0 for a classical network',
  direction: 'minimise',
  trainingFree: true,
  of: ({ counts }) => counts.qubits,
});

const quantumLayers = defineMetric({
  id: 'score/quantum-layers',
  summary: 'number of quantum layers',
  direction: 'minimise',
  trainingFree: true,
  of: ({ counts }) => counts.quantumLayers,
});

const stepsToThreshold = defineMetric({
  id: 'score/steps-to-threshold',
  summary: 'environment steps until the mean return of the last 100 training episodes reached the reward threshold',
  direction: 'minimise',
  of({ trained, rewardThreshold }) {
    if (rewardThreshold === undefined) return undefined;
    return trained.curve.find(({ meanReturn }) => meanReturn !== undefined && meanReturn >= rewardThreshold)?.steps;
  },
});

const curveMean = defineMetric({
  id: 'score/curve-mean',
  summary: 'mean over the learning curve: high when the network learns early and keeps what it learned',
  direction: 'maximise',
  of({ trained }) {
    const returns = trained.curve.flatMap(({ meanReturn }) => (meanReturn === undefined ? [] : [meanReturn]));
    return returns.length === 0 ? undefined : mean(returns);
  },
});

const lineageSteps = defineMetric({
  id: 'score/lineage-steps',
  summary: 'environment steps behind inherited weights and of this training together',
  direction: 'minimise',
  of: ({ trained, inherited }) => inherited && inherited.steps + trained.steps,
});

/** The metrics that come with hqnas. */
export const scoreMetrics: readonly Metric[] = [
  greedyMean,
  stochasticMean,
  greedyIqm,
  stochasticIqm,
  greedyMinimum,
  conditionedMean,
  conditionedLoss,
  parameters,
  qubits,
  quantumLayers,
  stepsToThreshold,
  curveMean,
  lineageSteps,
];
