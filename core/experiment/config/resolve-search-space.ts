import { HqnasError } from '../../errors.js';
import { configureConstraint } from '../../genome/constraint.js';
import { checkLimits } from '../../genome/limits.js';
import { pluginOf } from '../../id.js';
import { canonicalJson, type JsonObject } from '../../json.js';
import type { SearchSpace } from '../../genome/search-space.js';
import type { Registries } from '../../plugin/registries.js';
import type { ComponentConfig, SearchSpaceConfig } from './config.js';
import { asObject, withPlaces, type ConfigDraft } from './parse-config.js';

/**
 * Looks up the search space with its mutations and rules, and checks that the limits leave something to search.
 * @param addedPlugins names of the plugins that the config lists: their mutations take part by themselves
 * @throws HqnasError `missing-key`, `unknown-id`, `impossible-limit`
 */
export function resolveSearchSpace(
  draft: ConfigDraft,
  registries: Registries,
  addedPlugins: readonly string[],
): SearchSpaceConfig {
  const shape = draft.values.searchSpace;
  const use = asObject(shape)?.['use'];
  if (typeof use !== 'string') {
    throw new HqnasError({
      code: 'missing-key',
      what: '"searchSpace" must be given: which networks may be proposed',
      where: draft.locate(['searchSpace']),
      remedy: `Known: ${registries.searchSpaces.ids().join(', ')}.`,
    });
  }
  const space = registries.searchSpaces.get(use, draft.locate(['searchSpace']));
  const given = typeof shape === 'object' ? shape : {};
  const limits = { ...space.limits, ...given.limits };
  withPlaces(draft, 'searchSpace.limits', () => checkLimits(limits, registries.layers, 'searchSpace.limits'));
  const unsound = space.checkLimits?.(limits);
  if (unsound !== undefined) {
    throw new HqnasError({
      code: 'impossible-limit',
      what: unsound.reason,
      where: draft.locate(['searchSpace', 'limits']),
      remedy: 'Make the ranges agree.',
    });
  }
  return {
    use: space.id,
    limits,
    mutations: resolveMutations(draft, registries, space, addedPlugins, given.mutations),
    constraints: resolveConstraints(draft, registries, space, given.constraints ?? []),
  };
}

/** Those of the space, then those of the config; the same rule with the same options holds once. */
function resolveConstraints(
  draft: ConfigDraft,
  { constraints: registry }: Registries,
  space: SearchSpace,
  given: readonly (string | Readonly<Record<string, unknown>>)[],
): (string | ComponentConfig)[] {
  const added = given.map((component, index): string | ComponentConfig => {
    // The schema demands an id, alone or as "use".
    const { use, ...options } = asObject(component) as Record<string, unknown> & { readonly use: string };
    const constraint = registry.get(use, draft.locate(['searchSpace', 'constraints', index]));
    const where = `searchSpace.constraints.${index}`;
    const values = withPlaces(draft, where, () => configureConstraint(constraint, options, where)).options;
    // Domains hold JSON values only.
    return Object.keys(values).length === 0 ? use : { use, ...(values as JsonObject) };
  });
  const unique = new Map([...space.constraints, ...added].map((constraint) => [canonicalJson(constraint), constraint]));
  return [...unique.values()];
}

function resolveMutations(
  draft: ConfigDraft,
  { mutations }: Registries,
  space: SearchSpace,
  addedPlugins: readonly string[],
  given: readonly string[] | Readonly<Record<string, number>> | undefined,
): Record<string, number> {
  if (given !== undefined && !Array.isArray(given)) {
    // Array.isArray does not narrow readonly arrays.
    const weights = given as Readonly<Record<string, number>>;
    for (const id of Object.keys(weights)) mutations.get(id, draft.locate(['searchSpace', 'mutations', id]));
    if (Object.values(weights).some((weight) => weight > 0)) return { ...weights };
    throw new HqnasError({
      code: 'invalid-config',
      what: 'at least one mutation needs a weight above 0',
      where: draft.locate(['searchSpace', 'mutations']),
    });
  }
  const added = mutations.ids().filter((id) => addedPlugins.includes(pluginOf(id)) && !space.mutations.includes(id));
  // Array.isArray does not narrow readonly arrays.
  const ids = (given as readonly string[] | undefined) ?? [...space.mutations, ...added];
  return Object.fromEntries(
    ids.map((id, index) => {
      const mutation = mutations.get(id, draft.locate(['searchSpace', 'mutations', index]));
      return [mutation.id, mutation.weight ?? 1];
    }),
  );
}
