import { mean, sampleDeviation } from '../statistics.js';
import type { Evaluation, EvaluationRun, Score, Training } from './evaluator.js';
import type { Spent } from './failure.js';

/**
 * Several trainings of one candidate as one evaluation. A candidate one of whose trainings failed has failed: a network
 * that diverges now and then is not as good as the mean of its lucky trainings.
 * @param evaluations at least one, in the order of `Candidate.repeat`
 */
export function combineRepeats(evaluations: readonly Evaluation[]): Evaluation {
  const run = combinedRun(evaluations.map((evaluation) => evaluation.run));
  const failed = evaluations.findIndex(({ ok }) => !ok);
  const failure = evaluations[failed];
  if (failure?.ok === false) {
    const message = `training ${failed + 1} of ${evaluations.length}: ${failure.reason.message}`;
    const spent = spentOf(evaluations);
    return { ok: false, reason: { ...failure.reason, message }, ...(spent === undefined ? {} : { spent }), run };
  }
  const repeats = evaluations.flatMap((evaluation) => (evaluation.ok ? [trainingOf(evaluation)] : []));
  return { ok: true, ...summaryOf(repeats), repeats, run };
}

/** Steps and episodes of all trainings, those with a score too, where one was stopped early; its curve. */
function spentOf(evaluations: readonly Evaluation[]): Spent | undefined {
  const costs = evaluations.flatMap((one): readonly Spent[] =>
    one.ok ? [one] : one.spent === undefined ? [] : [one.spent],
  );
  const stopped = evaluations.flatMap((one) => (one.ok || one.spent === undefined ? [] : [one.spent]))[0];
  if (stopped === undefined) return undefined;
  const sum = (of: (spent: Spent) => number): number => costs.reduce((total, one) => total + of(one), 0);
  return { steps: sum(({ steps }) => steps), episodes: sum(({ episodes }) => episodes), curve: stopped.curve };
}

/** Every training behind a result. */
export function trainingsOf(result: Training & { readonly repeats?: readonly Training[] }): readonly Training[] {
  return result.repeats ?? [result];
}

function trainingOf({
  ok: _ok,
  run: _run,
  repeats: _repeats,
  ...training
}: Extract<Evaluation, { ok: true }>): Training {
  return training;
}

function summaryOf(trainings: readonly Training[]): Training {
  const first = trainings[0]!;
  const ids = Object.keys(first.metrics).filter((id) => trainings.every(({ metrics }) => metrics[id] !== undefined));
  return {
    ...first,
    score: mean(trainings.map(({ score }) => score)),
    metrics: Object.fromEntries(ids.map((id) => [id, mean(trainings.map(({ metrics }) => metrics[id]!))])),
    scores: first.scores.map((_, i) => pooled(trainings.flatMap(({ scores }) => scores[i] ?? []))),
    steps: trainings.reduce((sum, { steps }) => sum + steps, 0),
    episodes: trainings.reduce((sum, { episodes }) => sum + episodes, 0),
  };
}

/** The episodes of all trainings as one score. */
function pooled(scores: readonly Score[]): Score {
  const first = scores[0]!;
  const returns = scores.flatMap((score) => score.returns);
  return {
    policy: first.policy,
    ...(first.under === undefined ? {} : { under: first.under }),
    returns,
    mean: mean(returns),
    deviation: sampleDeviation(returns),
    seeds: scores.flatMap(({ seeds }) => seeds),
  };
}
function combinedRun(runs: readonly EvaluationRun[]): EvaluationRun {
  const phases: Record<string, number> = {};
  for (const run of runs) {
    for (const [name, seconds] of Object.entries(run.phases)) phases[name] = (phases[name] ?? 0) + seconds;
  }
  const crashes = runs.flatMap((run) => run.crashes ?? []);
  const paused = runs.map((run) => run.paused?.[0] ?? null);
  return {
    worker: runs[0]?.worker ?? 0,
    seconds: runs.reduce((sum, { seconds }) => sum + seconds, 0),
    phases,
    ...(paused.every((name) => name === null) ? {} : { paused }),
    ...(runs.some(({ wentOn }) => wentOn === true) ? { wentOn: true } : {}),
    ...(crashes.length === 0 ? {} : { crashes }),
  };
}
