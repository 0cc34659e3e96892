import { createProgramMemory, type ProgramMemory } from '../../compiler/program-memory.js';
import { environmentFamily, type EnvironmentFamily } from '../environment/environment-family.js';
import { makeVectorEnvironment } from '../environment/make-environment.js';
import { HqnasError, isHqnasError, messageOf } from '../errors.js';
import type { JsonObject } from '../json.js';
import { sha256Bytes } from '../json.js';
import type { Model } from '../model/model.js';
import type { Rng } from '../random.js';
import { createMemoryArtifacts, isArtifactError, type ArtifactStore } from './artifact-store.js';
import type { ConfiguredCondition } from './condition.js';
import type { Candidate, EvaluationRun, Evaluator, Score, Training } from './evaluator.js';
import { createCurveWatch } from './curve-watch.js';
import { CandidateFailure, isCandidateFailure, type FailureReason, type Stage } from './failure.js';
import { inherit } from './inherit.js';
import type { Measuring } from './measuring.js';
import type { Metric } from './metric.js';
import { refuseNonFinite } from './non-finite.js';
import { towards, type Objective } from './objective.js';
import { findPaused, keepPaused } from './paused-trainings.js';
import { makeModel, type ModelParts } from './make-model.js';
import { modelUnder } from './model-under.js';
import { createPhaseTimer, type PhaseTimer } from './phase-timer.js';
import { score } from './score.js';
import type { CurvePoint, Trained } from './trainer.js';
import type { TrainingState } from './training-state.js';

/** One way of scoring a trained policy. */
export interface ScoreRequest {
  readonly policy: 'greedy' | 'stochastic';
  readonly episodes: number;
  /** Conditions that training did not have. */
  readonly under?: ConfiguredCondition;
}

/** Everything that turns a genome into an evaluation. */
export interface LocalEvaluatorParts extends Omit<ModelParts, 'memory'> {
  readonly scores: readonly ScoreRequest[];
  readonly metrics: Iterable<Metric>;
  /** Metrics and measures that every candidate must have; the value of the first, negated where smaller is better, is the score. */
  readonly objectives: readonly Objective[];
  /** What is measured before training, if anything; recorded among the metrics. */
  readonly measuring?: Pick<Measuring, 'asked'>;
  /** A candidate uses `rng.fork('evaluate', its number)` and nothing else, in a final evaluation `rng.fork('final', ...)`. */
  readonly rng: Rng;
  /** Seconds since some fixed moment, for the profile. */
  readonly seconds: () => number;
  /** Where states of paused trainings and, with `keepWeights`, trained weights are kept; default: memory of this evaluator. */
  readonly artifacts?: ArtifactStore;
  /** Keeps the weights of every trained network: `readWeights` finds them by `parametersHash`. */
  readonly keepWeights?: boolean;
  /** Number of this worker, for the profile. */
  readonly worker?: number;
  /** Sees the trained model before its memory is used again: checkpoints, recordings. */
  readonly onTrained?: (model: Model, trained: Trained, family: EnvironmentFamily) => void;
  /** State of a stopped training of the one candidate that is evaluated: it goes on from there. */
  readonly resume?: TrainingState;
  /** `onTrained` gets the state of the training, so that it can go on later. */
  readonly keepState?: boolean;
}

/**
 * Builds, compiles, trains and scores candidates in the calling thread, one after the other. Equal (parts, candidate)
 * give equal evaluations but for `run`.
 * @throws HqnasError `artifact-not-written`, `artifact-missing` out of `evaluate`, for weights
 */
export function createLocalEvaluator(parts: LocalEvaluatorParts): Evaluator {
  const memory = createProgramMemory();
  const artifacts = parts.artifacts ?? createMemoryArtifacts();
  return {
    async evaluate(candidate, { signal, onProgress } = {}) {
      signal?.throwIfAborted();
      const timer = createPhaseTimer(parts.seconds);
      let stage: Stage = 'express';
      const enter = (next: Stage): void => {
        stage = next;
      };
      try {
        const { training, run } = evaluate(
          { ...parts, memory, artifacts },
          candidate,
          timer,
          enter,
          onProgress,
          signal,
        );
        return { ...training, run: { worker: parts.worker ?? 0, ...timer.stop(), ...run } };
      } catch (error) {
        signal?.throwIfAborted();
        if (isArtifactError(error)) throw error;
        const spent = isCandidateFailure(error) ? error.spent : undefined;
        const run = { worker: parts.worker ?? 0, ...timer.stop() };
        return { ok: false, reason: reasonOf(error, stage), ...(spent === undefined ? {} : { spent }), run };
      }
    },
    close: async () => undefined,
  };
}

/** One memory for all programs of an evaluator: each candidate takes the place of the one before. */
type PartsWithMemory = LocalEvaluatorParts & { readonly memory: ProgramMemory; readonly artifacts: ArtifactStore };

interface Evaluated {
  readonly training: Training & { readonly ok: true };
  /** What artifacts had to do with it. */
  readonly run: Pick<EvaluationRun, 'paused' | 'wentOn'>;
}

function evaluate(
  parts: PartsWithMemory,
  candidate: Candidate,
  timer: PhaseTimer,
  enter: (stage: Stage) => void,
  onProgress: ((point: CurvePoint) => void) | undefined,
  signal: AbortSignal | undefined,
): Evaluated {
  const { environment, objectives, artifacts } = parts;
  const { trainer, options } = parts.trainer;
  const { finalEpisodes } = candidate;
  const rng = parts.rng
    .fork(finalEpisodes === undefined ? 'evaluate' : 'final', candidate.seedsOf ?? candidate.index)
    .fork('attempt', candidate.repeat ?? 0);
  const family = environmentFamily((count) =>
    makeVectorEnvironment(environment.kind, count, { options: environment.options }),
  );

  const model = makeModel(parts, candidate.genome, () => enter('compile'));
  timer.phase('compile');
  enter('measure');
  const measures = parts.measuring?.asked(candidate.genome) ?? {};
  if (parts.measuring !== undefined) timer.phase('measure');
  enter('train');
  model.program.initialize(rng.fork('initialise'));
  const { fidelity = 1, genome, inherits } = candidate;
  const inherited =
    inherits === undefined || finalEpisodes !== undefined
      ? undefined
      : inherit(parts, artifacts, { genome, model }, inherits);
  const pausable = fidelity < 1 && finalEpisodes === undefined;
  const from = finalEpisodes === undefined ? (parts.resume ?? findPaused(artifacts, candidate)) : undefined;
  const watch = createCurveWatch(candidate.stopBelow ?? []);
  const { state, ...trained } = trainer.train(options, model, family.forTraining, {
    rng: rng.fork('train'),
    share: fidelity,
    from,
    keepState: pausable || parts.keepState === true,
    signal,
    onProgress,
    stops: watch.stops,
    onPhase: (phase) => timer.phase(phase),
  });
  timer.phase('train');
  refuseNonFinite('train', 'non-finite-loss', trained);
  if (watch.reason !== undefined) {
    const { steps, episodes, curve } = trained;
    const reason = { stage: 'train', code: 'pruned', message: watch.reason } as const;
    throw new CandidateFailure(reason, undefined, { steps, episodes, curve });
  }
  enter('score');
  const scores = parts.scores.flatMap(({ policy, episodes, under }, index): readonly Score[] => {
    // Under other conditions: the episodes of the same policy without them, as far as there are any.
    const plain = under && parts.scores.findIndex((other) => other.policy === policy && other.under === undefined);
    const stream = rng.fork('score', plain === undefined || plain < 0 ? index : plain);
    const seeds = heldOutSeeds(episodes, finalEpisodes, stream.fork('seeds'));
    const scored = under === undefined ? model : modelUnder(under, candidate.genome, model, parts);
    if (scored === undefined) return [];
    try {
      const made = score(scored, family.forScoring, { policy, seeds, rng: stream, signal });
      return [under === undefined ? made : { ...made, under: { use: under.condition.id, ...under.options } }];
    } finally {
      if (scored !== model) scored.program.release();
    }
  });
  timer.phase('score');
  refuseNonFinite('score', 'non-finite-score', { scores });
  const paused = state?.exact === true && pausable ? keepPaused(artifacts, candidate, state) : undefined;
  parts.onTrained?.(model, { ...trained, ...(state === undefined ? {} : { state }) }, family);

  const measured = {
    genome: candidate.genome,
    scores,
    counts: model.counts,
    graph: model.graph,
    trained,
    inherited,
    rewardThreshold: environment.kind.rewardThreshold,
  };
  const metrics: Record<string, number> = {};
  for (const metric of parts.metrics) {
    const value = metric.of(measured);
    if (value !== undefined && Number.isFinite(value)) metrics[metric.id] = value;
  }
  Object.assign(metrics, measures);
  for (const { id } of objectives) {
    if (metrics[id] !== undefined) continue;
    const message = `the metric "${id}" has no value for this candidate`;
    throw new CandidateFailure({ stage: 'score', code: 'no-objective', message });
  }
  const { parameters } = model.program;
  const weights = new Uint8Array(parameters.buffer, parameters.byteOffset, parameters.byteLength);
  const training = {
    ok: true,
    score: towards(objectives[0]!, metrics[objectives[0]!.id]!),
    metrics,
    scores,
    counts: model.counts,
    ...trained,
    ...(inherited === undefined ? {} : { inherited }),
    parametersHash: parts.keepWeights === true ? artifacts.write(weights) : sha256Bytes(weights),
    conditions: { backend: model.program.backend, ...hostConditions(model) },
  } as const;
  const run = {
    ...(paused === undefined ? {} : { paused: [paused] }),
    ...(from === undefined ? {} : { wentOn: true }),
  };
  return { training, run };
}

/** What ops in TypeScript say that their results depend on. */
function hostConditions({ graph }: Model): JsonObject {
  const conditions = graph.nodes.map(({ op }) =>
    op === 'input' ? {} : { ...(op.kernel.host && op.kernel.conditions) },
  );
  return Object.assign({}, ...conditions) as JsonObject;
}

/**
 * Environment seeds in [2^31, 2^32): trainers draw theirs below, so that no training episode is ever scored. Those of
 * final evaluations lie above, in [2^32, 2^33): no candidate was chosen for doing well on them.
 */
function heldOutSeeds(count: number, finalCount: number | undefined, rng: Rng): number[] {
  if (finalCount === undefined) return Array.from({ length: count }, () => 2 ** 31 + rng.int(2 ** 31));
  return Array.from({ length: finalCount }, () => 2 ** 32 + rng.uint32());
}

/** A failure as it is recorded. Errors of a broken set-up are failures too: the search goes on. */
function reasonOf(error: unknown, stage: Stage): FailureReason {
  if (isCandidateFailure(error)) return error.reason;
  const code = isHqnasError(error) ? error.code : `${stage}-threw`;
  return { stage, code, message: messageOf(error) };
}

/**
 * Checks before anything runs that an objective can have a value.
 * @param where its place in the config
 * @throws HqnasError `invalid-objective`
 */
export function checkObjective(
  objective: Pick<Objective, 'id'>,
  scores: readonly { readonly policy: ScoreRequest['policy']; readonly under?: unknown }[],
  where: string,
): void {
  if (objective.id.startsWith('score/conditioned-') && scores.every(({ under }) => under === undefined)) {
    throw new HqnasError({
      code: 'invalid-objective',
      what: `the objective "${objective.id}" needs a score under other conditions`,
      where,
      expected: 'an entry { policy: greedy, episodes: n, under: { use: id } } in evaluation.scores',
      remedy: 'Add the score, or choose another objective.',
    });
  }
  for (const policy of ['greedy', 'stochastic'] as const) {
    if (!objective.id.startsWith(`score/${policy}-`)) continue;
    if (scores.some((request) => request.policy === policy && request.under === undefined)) continue;
    throw new HqnasError({
      code: 'invalid-objective',
      what: `the objective "${objective.id}" needs a ${policy} score`,
      where,
      expected: `an entry { policy: ${policy}, episodes: n } in evaluation.scores`,
      remedy: 'Add the score, or choose another objective.',
    });
  }
}
