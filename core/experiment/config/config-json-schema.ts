import { z } from 'zod';
import { schemaOf, type Domains } from '../../domain.js';
import type { Json, JsonObject } from '../../json.js';
import type { Registries } from '../../plugin/registries.js';
import type { Registered, Registry } from '../../registry.js';
import { configSchema } from './config-schema.js';

/** JSON schema of config files, with the ids and options of everything registered: editors complete and check by it. */
export function configJsonSchema(registries: Registries): JsonObject {
  // zod's own type of a JSON schema is wider than JSON.
  const schema = z.toJSONSchema(configSchema, { io: 'input' }) as unknown as JsonObject;
  const properties = schema['properties'] as Record<string, JsonObject>; // an object schema has properties
  return {
    ...schema,
    title: 'hqnas experiment',
    properties: {
      ...properties,
      environment: componentSchema(
        'task to learn',
        registries.environments,
        ({ options }) => options,
        () => ({ with: { type: 'array', description: 'wrappers, the nearest to the environment first' } }),
      ),
      strategy: componentSchema('how the search goes about it', registries.strategies, ({ options }) => options),
      trainer: componentSchema(
        'how the weights of one network are trained',
        registries.trainers,
        ({ options }) => options,
        (trainer) => ({ preset: { enum: Object.keys({ ...trainer.presets, ...trainer.presetsByEnvironment }) } }),
      ),
    },
  };
}

function componentSchema<T extends Registered>(
  description: string,
  registry: Registry<T>,
  options: (thing: T) => Domains,
  extra: (thing: T) => JsonObject = () => ({}),
): JsonObject {
  const forms = [...registry].map((thing): JsonObject => {
    const { properties } = schemaOf(options(thing)) as { readonly properties: JsonObject }; // always an object schema
    return {
      type: 'object',
      description: thing.summary,
      // A preset of the file may name the component, so `use` alone is not required; but it decides between the forms.
      properties: { use: { const: thing.id }, ...extra(thing), ...properties },
      additionalProperties: false,
    };
  });
  const ids: readonly Json[] = registry.ids();
  return { description, anyOf: [{ enum: ids }, ...forms] };
}
