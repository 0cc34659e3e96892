import { HqnasError, didYouMean } from '../errors.js';
import type { Registries } from '../plugin/registries.js';
import { checkObjective } from '../training/local-evaluator.js';
import type { ComponentConfig, EvaluationConfig, ExperimentConfig, ScoreConfig } from './config.js';
import { withPlaces, type ConfigDraft } from './parse-config.js';
import { resolveSearchSpace } from './resolve-search-space.js';
import { resolveStrategy } from './resolve-strategy.js';
import { missing, resolveComponent } from './resolve-component.js';

const defaultScores: readonly ScoreConfig[] = [
  { policy: 'greedy', episodes: 20 },
  { policy: 'stochastic', episodes: 20 },
];

/**
 * Looks up every id, checks every option and fills in every default, before anything runs.
 * @param addedPlugins names of the plugins that the config lists: their mutations take part by themselves
 * @throws HqnasError `missing-key`, `unknown-id`, `unknown-option`, `missing-option`, `invalid-option`,
 * `unknown-preset`, `impossible-limit`, `invalid-objective`
 */
export function resolveConfig(
  draft: ConfigDraft,
  registries: Registries,
  addedPlugins: readonly string[] = [],
): ExperimentConfig {
  const { values } = draft;
  const candidates = values.budget?.candidates;
  if (candidates === undefined) throw missing(draft, 'budget.candidates', 'how many candidates to try');
  return {
    name: values.name ?? draft.fallbackName,
    plugins: values.plugins ?? [],
    environment: resolveComponent(draft, 'environment', registries.environments),
    searchSpace: resolveSearchSpace(draft, registries, addedPlugins),
    strategy: resolveStrategy(draft, registries),
    trainer: resolveTrainer(draft, registries),
    evaluation: resolveEvaluation(draft, registries),
    budget: { candidates },
    seed: values.seed ?? 1,
    fast: values.fast ?? false,
    lookahead: values.lookahead ?? 8,
  };
}

/** Threads to use: as asked for, otherwise one per core; never more than candidates may be in flight. */
export function resolveWorkers(asked: number | undefined, config: ExperimentConfig, cores: number): number {
  return Math.min(asked ?? cores, Math.max(1, config.lookahead));
}

function resolveTrainer(draft: ConfigDraft, registries: Registries): ComponentConfig {
  return resolveComponent(draft, 'trainer', registries.trainers, (trainer, { preset, ...given }) => {
    // The schema lets only a text through.
    if (typeof preset !== 'string') return given;
    const values = trainer.presets[preset];
    if (values !== undefined) return { ...values, ...given };
    throw new HqnasError({
      code: 'unknown-preset',
      what: `${trainer.id} has no preset "${preset}"`,
      where: draft.locate(['trainer', 'preset']),
      remedy: didYouMean(preset, Object.keys(trainer.presets)),
    });
  });
}

function resolveEvaluation(draft: ConfigDraft, registries: Registries): EvaluationConfig {
  const given = draft.values.evaluation ?? {};
  const scores = given.scores ?? defaultScores;
  const objective = registries.metrics.get(
    given.objective ?? 'score/greedy-mean',
    draft.locate(['evaluation', 'objective']),
  );
  withPlaces(draft, 'evaluation', () => checkObjective(objective, scores));
  return { scores, objective: objective.id, duplicates: given.duplicates ?? 'reuse' };
}
