import {
  CandidateFailure,
  HqnasError,
  defineTrainer,
  rowsOf,
  type Model,
  type ModelRequest,
  type Space,
  type Trained,
  type TrainingContext,
  type TrainingState,
  type VectorEnvironment,
} from '../../core/index.js';
import { estimateAdvantages } from './advantages.js';
import { categoricalLoss } from './categorical-loss.js';
import { Collector } from './collect.js';
import { gaussianLoss } from './gaussian-loss.js';
import { ppoOptions, type PpoOptions } from './options.js';
import { pause, takeUp } from './pause.js';
import { cleanrl, corrected, paper, sb3 } from './presets.js';
import { createRolloutBuffer, explainedVariance } from './rollout-buffer.js';
import { scheduled } from './schedule.js';
import { TrainingRecord } from './training-record.js';
import { Updater, type LossFigures } from './update.js';
import { fillValues } from './values.js';
import { checkWrapped, wrappersOf } from './wrappers.js';
import { zoo, zooByEnvironment } from './zoo.js';

/** Proximal policy optimisation with a clipped surrogate (Schulman et al. 2017, arXiv 1707.06347). */
export const ppo = defineTrainer({
  id: 'ppo/clip',
  summary: 'proximal policy optimisation with the clipped objective',
  options: ppoOptions,
  presets: { sb3, ...zoo, cleanrl, paper, corrected },
  presetsByEnvironment: { zoo: zooByEnvironment },
  wrappers: wrappersOf,
  request: requestOf,
  train,
});

function requestOf(options: PpoOptions, actionSpace: Space): ModelRequest {
  const { network, hiddenGain, policyGain, valueGain, logDeviation, dropout, valueClip } = options;
  const { minibatchSize, normaliseAdvantage } = options;
  if (normaliseAdvantage && minibatchSize === 1) {
    throw new HqnasError({
      code: 'invalid-option',
      what: 'the advantage of a single sample cannot be normalised',
      where: 'trainer.minibatchSize',
      expected: 'at least 2',
      got: '1',
      remedy: 'Raise minibatchSize, or set normaliseAdvantage to false.',
    });
  }
  const loss =
    actionSpace.kind === 'discrete'
      ? categoricalLoss(actionSpace.n, valueClip)
      : gaussianLoss(rowsOf(actionSpace), valueClip);
  return { network, hiddenGain, policyGain, valueGain, logDeviation, dropout, heads: [loss] };
}

function train(
  options: PpoOptions,
  model: Model,
  makeEnvironments: (count: number) => VectorEnvironment,
  { rng, share = 1, from, keepState = false, signal, onProgress, stops, onPhase }: TrainingContext,
): Trained {
  const { program } = model;
  const environments = makeEnvironments(options.environments);
  checkWrapped(environments, options);
  const buffer = createRolloutBuffer(
    environments.count,
    options.stepsPerRollout,
    program.inputs[0]!.rows,
    rowsOf(model.actionSpace),
  );
  const record = new TrainingRecord(environments.count);
  const collector = new Collector(model, environments, buffer, { options, record, rng });
  const updater = new Updater(program, buffer, options, rng);
  // Whole rollouts, at least one: the last may go beyond the budget.
  const budget = Math.round(options.totalSteps * share);
  const parts = { program, buffer, collector, updater, record };
  let state: TrainingState | undefined;
  let steps = from === undefined ? 0 : takeUp(parts, from);
  try {
    while (steps === 0 || steps < budget) {
      signal?.throwIfAborted();
      const before = steps;
      collector.collect(buffer);
      steps += buffer.size;
      fillValues(program, buffer, options.gamma);
      estimateAdvantages(buffer, options.gamma, options.lambda);
      onPhase?.('collect');

      const progress = (options.scheduleAt === 'rollout-end' ? steps : before) / options.totalSteps;
      const learningRate = scheduled(options.learningRate, options.learningRateSchedule, progress);
      const clipRange = scheduled(options.clipRange, options.clipRangeSchedule, progress);
      const losses = updater.update(learningRate, clipRange);
      refuseNonFinite(losses, steps);
      onPhase?.('update');

      const explained = explainedVariance(buffer);
      const point = record.point(steps, {
        ...losses,
        ...(explained === undefined ? {} : { explainedVariance: explained }),
        learningRate,
        clipRange,
      });
      onProgress?.(point);
      if (stops?.(point) === true) break;
    }
    if (keepState) state = pause(parts, steps);
  } finally {
    environments.close?.();
  }
  return { steps, episodes: record.episodes, curve: record.curve, ...(state === undefined ? {} : { state }) };
}

function refuseNonFinite(losses: LossFigures, steps: number): void {
  for (const [name, value] of Object.entries(losses)) {
    if (Number.isFinite(value)) continue;
    throw new CandidateFailure({
      stage: 'train',
      code: 'non-finite-loss',
      message: `${name} became ${value} after ${steps} steps`,
    });
  }
}
