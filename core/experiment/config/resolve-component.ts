import { parseValues, type Domains } from '../../domain.js';
import { HqnasError } from '../../errors.js';
import type { JsonObject } from '../../json.js';
import type { Registered, Registry } from '../../registry.js';
import type { ComponentConfig } from './config.js';
import { asObject, withPlaces, type ConfigDraft } from './parse-config.js';

/** Something with options that a config names. */
export interface Configurable extends Registered {
  readonly options: Domains;
}

/**
 * Looks up one component and checks its options.
 * @param base values under those that were given
 * @throws HqnasError `missing-key`, `unknown-id`, `unknown-option`, `missing-option`, `invalid-option`
 */
export function resolveComponent<T extends Configurable>(
  draft: ConfigDraft,
  key: 'environment' | 'strategy' | 'trainer',
  registry: Registry<T>,
  base: (thing: T, given: Readonly<Record<string, unknown>>) => Readonly<Record<string, unknown>> = (_, given) => given,
): ComponentConfig {
  const given = asObject(draft.values[key]);
  if (typeof given?.['use'] !== 'string') throw missing(draft, key, `which ${registry.noun} to use`, registry);
  const { use, with: _around, ...options } = given;
  const thing = registry.get(use, draft.locate([key])); // checked to be a string just above
  const parsed = withPlaces(draft, key, () => parseValues(thing.options, base(thing, options), key));
  // Domains hold JSON values only.
  return { use: thing.id, ...(parsed as JsonObject) };
}

/** The error for a key without which nothing can start. */
export function missing(draft: ConfigDraft, key: string, meaning: string, known?: Registry<Registered>): HqnasError {
  return new HqnasError({
    code: 'missing-key',
    what: `"${key}" must be given: ${meaning}`,
    where: draft.locate(key.split('.')),
    remedy: known && `Known: ${known.ids().join(', ')}.`,
  });
}
