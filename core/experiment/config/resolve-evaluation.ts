import { parseValues } from '../../domain.js';
import { HqnasError } from '../../errors.js';
import type { JsonObject } from '../../json.js';
import type { Registries } from '../../plugin/registries.js';
import { configureMeasure } from '../../training/measure.js';
import { checkObjective } from '../../training/local-evaluator.js';
import type { ComponentConfig, EvaluationConfig, FinalistsConfig, ScoreConfig } from './config.js';
import { asObject, withPlaces, type ConfigDraft } from './parse-config.js';

const defaultScores: readonly ScoreConfig[] = [
  { policy: 'greedy', episodes: 20 },
  { policy: 'stochastic', episodes: 20 },
];

const defaultFinalists: FinalistsConfig = { top: 5, repeats: 5, episodes: 100 };

/**
 * Looks up the objectives, checks that they can have values, and fills in defaults.
 * @throws HqnasError `unknown-id`, `invalid-objective`, `invalid-measure`, `unknown-option`, `missing-option`, `invalid-option`
 */
export function resolveEvaluation(draft: ConfigDraft, registries: Registries): EvaluationConfig {
  const { duplicates = 'reuse', repeats = 1, rank = 'mean', ...given } = draft.values.evaluation ?? {};
  const { finalists = false } = given;
  const measures = resolveMeasures(draft, registries);
  const scores = given.scores?.map((score, index) => resolveScore(draft, registries, score, index)) ?? defaultScores;
  return {
    scores,
    objectives: resolveObjectives(draft, registries, scores, measures.map(idOf)),
    ...(measures.length === 0 ? {} : { measures }),
    duplicates,
    repeats,
    rank,
    finalists: finalists === false ? false : finalistsOf(finalists),
  };
}

type ScoreShape = NonNullable<NonNullable<ConfigDraft['values']['evaluation']>['scores']>[number];

function resolveScore(
  draft: ConfigDraft,
  { conditions }: Registries,
  { policy, episodes, under }: ScoreShape,
  index: number,
): ScoreConfig {
  if (under === undefined) return { policy, episodes };
  // The schema demands an id, alone or as "use".
  const { use, ...options } = asObject(under) as Record<string, unknown> & { readonly use: string };
  const path = ['evaluation', 'scores', index, 'under'];
  const condition = conditions.get(use, draft.locate(path));
  const where = path.join('.');
  const parsed = withPlaces(draft, where, () => parseValues(condition.options, options, where));
  // Domains hold JSON values only.
  const component: ComponentConfig = { use: condition.id, ...(parsed as JsonObject) };
  return { policy, episodes, under: component };
}

type MeasureConfig = string | ComponentConfig;

/** Measures with their options, and metrics that need no training: those are recorded anyway, and reported beside them. */
function resolveMeasures(draft: ConfigDraft, { measures, metrics }: Registries): MeasureConfig[] {
  const given = draft.values.evaluation?.measures ?? [];
  const resolved = given.map((one, index): MeasureConfig => {
    // The schema demands an id, alone or as "use".
    const { use, ...options } = asObject(one) as Record<string, unknown> & { readonly use: string };
    const where = `evaluation.measures.${index}`;
    if (metrics.has(use) && metrics.get(use).trainingFree === true && Object.keys(options).length === 0) return use;
    const measure = measures.get(use, draft.locate(['evaluation', 'measures', index]));
    const values = withPlaces(draft, where, () => configureMeasure(measure, options, where)).options;
    // Domains hold JSON values only.
    return Object.keys(values).length === 0 ? use : { use, ...(values as JsonObject) };
  });
  const ids = resolved.map(idOf);
  const twice = ids.findIndex((id, index) => ids.indexOf(id) !== index);
  if (twice < 0) return resolved;
  throw new HqnasError({
    code: 'invalid-measure',
    what: `the measure "${ids[twice]!}" is given twice`,
    where: draft.locate(['evaluation', 'measures', twice]),
    remedy: 'Leave one of them out: candidates have one number by that name.',
  });
}

function idOf(measure: MeasureConfig): string {
  return typeof measure === 'string' ? measure : measure.use;
}

function finalistsOf(given: { readonly [K in keyof FinalistsConfig]?: number | undefined }): FinalistsConfig {
  const {
    top = defaultFinalists.top,
    repeats = defaultFinalists.repeats,
    episodes = defaultFinalists.episodes,
  } = given;
  return { top, repeats, episodes };
}

function resolveObjectives(
  draft: ConfigDraft,
  { metrics, measures }: Registries,
  scores: readonly ScoreConfig[],
  taken: readonly string[],
): string[] {
  const { objective, objectives } = draft.values.evaluation ?? {};
  if (objective !== undefined && objectives !== undefined) {
    throw new HqnasError({
      code: 'invalid-objective',
      what: 'both "objective" and "objectives" are given',
      where: draft.locate(['evaluation', 'objective']),
      remedy: 'Give one of the two.',
    });
  }
  const ids = objectives ?? [objective ?? 'score/greedy-mean'];
  return ids.map((given, index) => {
    const path = objectives === undefined ? ['evaluation', 'objective'] : ['evaluation', 'objectives', index];
    if (measures.has(given) && !taken.includes(given)) throw notTaken(given, draft.locate(path));
    const metric = measures.has(given) ? measures.get(given) : metrics.get(given, draft.locate(path));
    withPlaces(draft, 'evaluation', () => {
      checkObjective(metric, scores, path.join('.'));
    });
    if (ids.indexOf(given) === index) return metric.id;
    throw new HqnasError({
      code: 'invalid-objective',
      what: `the objective "${given}" is given twice`,
      where: draft.locate(path),
      remedy: 'Leave one of them out.',
    });
  });
}

function notTaken(measure: string, where: string): HqnasError {
  return new HqnasError({
    code: 'invalid-objective',
    what: `the objective "${measure}" is a measure that is not taken of candidates`,
    where,
    remedy: 'Add it to evaluation.measures.',
  });
}
