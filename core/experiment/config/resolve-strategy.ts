import { parseValues } from '../../domain.js';
import type { JsonObject } from '../../json.js';
import type { Registries } from '../../plugin/registries.js';
import type { ComponentConfig, StrategyConfig } from './config.js';
import { asObject, withPlaces, type ConfigDraft } from './parse-config.js';
import { resolveComponent } from './resolve-component.js';

/**
 * Looks up the strategy and the middleware around it, and checks their options.
 * @throws HqnasError `missing-key`, `unknown-id`, `unknown-option`, `missing-option`, `invalid-option`
 */
export function resolveStrategy(draft: ConfigDraft, registries: Registries): StrategyConfig {
  const strategy = resolveComponent(draft, 'strategy', registries.strategies);
  const shape = draft.values.strategy;
  const around = (typeof shape === 'object' ? shape.with : undefined) ?? [];
  if (around.length === 0) return strategy;
  return { ...strategy, with: around.map((given, index) => resolveMiddleware(draft, registries, given, index)) };
}

function resolveMiddleware(
  draft: ConfigDraft,
  { middleware: registry }: Registries,
  given: string | Readonly<Record<string, unknown>>,
  index: number,
): ComponentConfig {
  // The schema demands an id, alone or as "use".
  const { use, ...options } = asObject(given) as Record<string, unknown> & { readonly use: string };
  const middleware = registry.get(use, draft.locate(['strategy', 'with', index]));
  const where = `strategy.with.${index}`;
  const parsed = withPlaces(draft, where, () => parseValues(middleware.options, options, where));
  // Domains hold JSON values only.
  return { use: middleware.id, ...(parsed as JsonObject) };
}
