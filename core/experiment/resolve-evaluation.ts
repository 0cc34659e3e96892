import { parseValues } from '../domain.js';
import { HqnasError } from '../errors.js';
import type { JsonObject } from '../json.js';
import type { Registries } from '../plugin/registries.js';
import { checkObjective } from '../training/local-evaluator.js';
import type { ComponentConfig, EvaluationConfig, FinalistsConfig, ScoreConfig } from './config.js';
import { asObject, withPlaces, type ConfigDraft } from './parse-config.js';

const defaultScores: readonly ScoreConfig[] = [
  { policy: 'greedy', episodes: 20 },
  { policy: 'stochastic', episodes: 20 },
];

const defaultFinalists: FinalistsConfig = { top: 5, repeats: 5, episodes: 100 };

/**
 * Looks up the objectives, checks that they can have values, and fills in defaults.
 * @throws HqnasError `unknown-id`, `invalid-objective`, `unknown-option`, `missing-option`, `invalid-option`
 */
export function resolveEvaluation(draft: ConfigDraft, registries: Registries): EvaluationConfig {
  const { duplicates = 'reuse', repeats = 1, rank = 'mean', ...given } = draft.values.evaluation ?? {};
  const { finalists = false } = given;
  const scores = given.scores?.map((score, index) => resolveScore(draft, registries, score, index)) ?? defaultScores;
  return {
    scores,
    objectives: resolveObjectives(draft, registries, scores),
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

function finalistsOf(given: { readonly [K in keyof FinalistsConfig]?: number | undefined }): FinalistsConfig {
  const {
    top = defaultFinalists.top,
    repeats = defaultFinalists.repeats,
    episodes = defaultFinalists.episodes,
  } = given;
  return { top, repeats, episodes };
}

function resolveObjectives(draft: ConfigDraft, { metrics }: Registries, scores: readonly ScoreConfig[]): string[] {
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
    const metric = metrics.get(given, draft.locate(path));
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
