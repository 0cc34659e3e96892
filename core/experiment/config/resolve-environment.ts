import { parseValues } from '../../domain.js';
import type { EnvironmentKind } from '../../environment/environment.js';
import { wrapKind } from '../../environment/wrap-kind.js';
import type { JsonObject } from '../../json.js';
import type { Registries } from '../../plugin/registries.js';
import { optionsOf, type ComponentConfig, type EnvironmentConfig, type ExperimentConfig } from './config.js';
import { asObject, withPlaces, type ConfigDraft } from './parse-config.js';
import { resolveComponent } from './resolve-component.js';

/**
 * Looks up the environment and the wrappers around it, and checks their options.
 * @throws HqnasError `missing-key`, `unknown-id`, `unknown-option`, `missing-option`, `invalid-option`
 */
export function resolveEnvironment(draft: ConfigDraft, registries: Registries): EnvironmentConfig {
  const environment = resolveComponent(draft, 'environment', registries.environments);
  const shape = draft.values.environment;
  const around = (typeof shape === 'object' ? shape.with : undefined) ?? [];
  if (around.length === 0) return environment;
  return { ...environment, with: around.map((given, index) => resolveWrapper(draft, registries, given, index)) };
}

function resolveWrapper(
  draft: ConfigDraft,
  { wrappers }: Registries,
  given: string | Readonly<Record<string, unknown>>,
  index: number,
): ComponentConfig {
  // The schema demands an id, alone or as "use".
  const { use, ...options } = asObject(given) as Record<string, unknown> & { readonly use: string };
  const wrapper = wrappers.get(use, draft.locate(['environment', 'with', index]));
  const where = `environment.with.${index}`;
  const parsed = withPlaces(draft, where, () => parseValues(wrapper.options, options, where));
  // Domains hold JSON values only.
  return { use: wrapper.id, ...(parsed as JsonObject) };
}

/** The environment of a config with its own options, wrapped as the config says and then as the trainer wants it. */
export function environmentOf(
  { environment, trainer: used }: Pick<ExperimentConfig, 'environment' | 'trainer'>,
  { environments, wrappers, trainers }: Pick<Registries, 'environments' | 'wrappers' | 'trainers'>,
): { readonly kind: EnvironmentKind; readonly options: JsonObject } {
  const kind = environments.get(environment.use, 'environment.use');
  const around = (environment.with ?? []).map((wrapper) => ({
    wrapper: wrappers.get(wrapper.use, 'environment.with'),
    options: optionsOf(wrapper),
  }));
  const trainer = trainers.get(used.use, 'trainer.use');
  const wanted = trainer.wrappers?.(parseValues(trainer.options, optionsOf(used), 'trainer')) ?? [];
  return { kind: wrapKind(kind, [...around, ...wanted]), options: optionsOf(environment) };
}
