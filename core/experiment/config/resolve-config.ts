import { HqnasError, didYouMean } from '../../errors.js';
import type { Registries } from '../../plugin/registries.js';
import type { ComponentConfig, ExperimentConfig, StopWhenConfig } from './config.js';
import type { Trainer } from '../../training/trainer.js';
import { asObject, type ConfigDraft } from './parse-config.js';
import { resolveEvaluation } from './resolve-evaluation.js';
import { resolveEnvironment } from './resolve-environment.js';
import { resolveSearchSpace } from './resolve-search-space.js';
import { resolveStrategy } from './resolve-strategy.js';
import { missing, resolveComponent } from './resolve-component.js';

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
    environment: resolveEnvironment(draft, registries),
    searchSpace: resolveSearchSpace(draft, registries, addedPlugins),
    strategy: resolveStrategy(draft, registries),
    trainer: resolveTrainer(draft, registries),
    evaluation: resolveEvaluation(draft, registries),
    budget: { candidates },
    // Members of a checked config are never undefined.
    stopWhen: (values.stopWhen ?? {}) as StopWhenConfig,
    seed: values.seed ?? 1,
    fast: values.fast ?? false,
    lookahead: values.lookahead ?? 8,
  };
}

/** Threads to use: as asked for, otherwise one per core; never more than candidates may be in flight. */
export function resolveWorkers(asked: number | undefined, config: ExperimentConfig, cores: number): number {
  return Math.min(asked ?? cores, Math.max(1, config.lookahead) * config.evaluation.repeats);
}

function resolveTrainer(draft: ConfigDraft, registries: Registries): ComponentConfig {
  return resolveComponent(draft, 'trainer', registries.trainers, (trainer, { preset, ...given }) => {
    // The schema lets only a text through.
    if (typeof preset !== 'string') return given;
    const values = trainer.presets[presetName(preset, trainer, draft)];
    if (values !== undefined) return { ...values, ...given };
    throw new HqnasError({
      code: 'unknown-preset',
      what: `${trainer.id} has no preset "${preset}"`,
      where: draft.locate(['trainer', 'preset']),
      remedy: didYouMean(preset, Object.keys({ ...trainer.presets, ...trainer.presetsByEnvironment })),
    });
  });
}

/** The preset that a name stands for in the environment of the config; the name itself where it stands for one preset. */
function presetName(preset: string, { id, presetsByEnvironment }: Trainer, draft: ConfigDraft): string {
  const byEnvironment = presetsByEnvironment?.[preset];
  if (byEnvironment === undefined) return preset;
  const environment = asObject(draft.values.environment)?.['use'];
  const name = typeof environment === 'string' ? byEnvironment[environment] : undefined;
  if (name !== undefined) return name;
  throw new HqnasError({
    code: 'unknown-preset',
    what: `${id} has no preset "${preset}" for the environment "${String(environment)}"`,
    where: draft.locate(['trainer', 'preset']),
    expected: `one of ${Object.keys(byEnvironment).join(', ')}`,
    remedy: 'Choose another preset, or write the options themselves.',
  });
}
