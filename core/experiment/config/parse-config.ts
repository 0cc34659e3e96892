import type { z } from 'zod';
import { HqnasError, isHqnasError, suggest } from '../../errors.js';
import { configSchema, type ConfigShape } from './config-schema.js';
import { configSourceOf, readConfigSource, type ConfigPath, type ConfigSource } from './config-source.js';
import { presets } from './presets.js';

/** Who trains, and within which bounds; what is left out has a default. */
export type WorkersConfig = Exclude<NonNullable<ConfigShape['workers']>, number>;

/** A config whose shape is right and whose preset is merged in; its ids and options are looked up once plugins are there. */
export interface ConfigDraft {
  readonly values: ConfigShape;
  /** Workers asked for; no count = as many as there are cores. Not part of the experiment: they change no result. */
  readonly workers: WorkersConfig;
  /** Name of the experiment where the file gives none. */
  readonly fallbackName: string;
  locate(path: ConfigPath): string;
}

/**
 * Reads a config file's text.
 * @param file name for messages; without its folder and ending it names the experiment
 * @throws HqnasError `invalid-yaml`, `unknown-key`, `invalid-config`
 */
export function parseConfig(text: string, file: string): ConfigDraft {
  const name = file.replace(/^.*[/\\]/, '').replace(/\.(ya?ml|json)$/, '');
  return draftOf(readConfigSource(text, file), name);
}

/** The same for values that came from no file. */
export function parseConfigValues(data: unknown, name: string): ConfigDraft {
  return draftOf(configSourceOf(data, name), name);
}

function draftOf(source: ConfigSource, fallbackName: string): ConfigDraft {
  const result = configSchema.safeParse(source.data ?? {});
  if (!result.success) throw problemOf(result.error.issues[0]!, source);
  const { preset, workers, ...values } = result.data;
  const merged = preset === undefined ? values : mergeShapes(presets[preset], values);
  return {
    values: merged,
    workers: typeof workers === 'number' ? { count: workers } : (workers ?? {}),
    fallbackName,
    locate: source.locate,
  };
}

/** Values of `file` over those of `preset`: key by key, and option by option for the same component. */
function mergeShapes(preset: ConfigShape, file: ConfigShape): ConfigShape {
  return {
    ...preset,
    ...definedOf(file),
    ...mergedComponent('environment', preset, file),
    ...mergedComponent('searchSpace', preset, file),
    ...mergedComponent('strategy', preset, file),
    ...mergedComponent('trainer', preset, file),
    evaluation: mergedEvaluation(preset.evaluation ?? {}, definedOf(file.evaluation ?? {})),
    stopWhen: { ...preset.stopWhen, ...definedOf(file.stopWhen ?? {}) },
    budget: { ...preset.budget, ...definedOf(file.budget ?? {}) },
  };
}

type EvaluationShape = NonNullable<ConfigShape['evaluation']>;

/** Objectives of the file take the place of the preset's, in whichever form. */
function mergedEvaluation(preset: EvaluationShape, file: EvaluationShape): EvaluationShape {
  const { objective, objectives, ...rest } = preset;
  const own = file.objective !== undefined || file.objectives !== undefined;
  return { ...rest, ...(own ? {} : definedOf({ objective, objectives })), ...file };
}

function mergedComponent<K extends 'environment' | 'searchSpace' | 'strategy' | 'trainer'>(
  key: K,
  preset: ConfigShape,
  file: ConfigShape,
): Partial<ConfigShape> {
  const base = asObject(preset[key]);
  const given = asObject(file[key]);
  if (given === undefined) return {};
  const same = given['use'] === undefined || given['use'] === base?.['use'];
  return { [key]: same ? { ...base, ...given } : given };
}

/** The long form of a component. */
export function asObject(
  component: string | Readonly<Record<string, unknown>> | undefined,
): Record<string, unknown> | undefined {
  return typeof component === 'string' ? { use: component } : component && definedOf(component);
}

function definedOf<T extends object>(record: T): T {
  // Leaving out undefined members keeps the type: they are optional.
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined)) as T;
}

/** The issue that a person should read first; unions are reported by the branch that got furthest. */
function problemOf(issue: z.core.$ZodIssue, source: ConfigSource, above: ConfigPath = []): HqnasError {
  const path = [...above, ...issue.path.filter((step) => typeof step !== 'symbol')];
  if (issue.code === 'invalid_union') {
    const nested = issue.errors
      .flat()
      .filter(({ path: deeper, code }) => deeper.length > 0 || code === 'unrecognized_keys');
    if (nested[0] !== undefined) return problemOf(nested[0], source, path);
  }
  if (issue.code === 'unrecognized_keys') {
    const key = issue.keys[0]!;
    const known = keysAt(path);
    const closest = suggest(key, known);
    return new HqnasError({
      code: 'unknown-key',
      what: `there is no key "${key}" here`,
      where: source.locate([...path, key]),
      remedy: closest === undefined ? `Known: ${known.join(', ')}.` : `Did you mean "${closest}"?`,
    });
  }
  const got = valueAt(source.data, path);
  return new HqnasError({
    code: 'invalid-config',
    what: issue.code === 'invalid_union' ? 'wrong form' : issue.message.replace(/^Invalid (input|option): /, ''),
    where: source.locate(path),
    expected: issue.code === 'invalid_union' ? expectedAt(path) : undefined,
    got: got === undefined ? undefined : JSON.stringify(got),
  });
}

function expectedAt(path: ConfigPath): string {
  if (path.includes('mutations')) return 'a list of ids, or weights by id';
  return path.length === 1 ? 'an id, or { use: id, option: value, ... }' : 'a text, a number, true or false';
}

function keysAt(path: ConfigPath): string[] {
  switch (path[0]) {
    case undefined:
      return Object.keys(configSchema.shape);
    case 'evaluation':
      if (path[1] === 'finalists') return ['top', 'repeats', 'episodes'];
      return path.length === 1
        ? Object.keys(configSchema.shape.evaluation.unwrap().shape)
        : ['policy', 'episodes', 'under'];
    case 'stopWhen':
      return Object.keys(configSchema.shape.stopWhen.unwrap().shape);
    case 'workers':
      return ['count', 'kind', 'timeout', 'memory', 'retries', 'onInterrupt'];
    case 'budget':
      return ['candidates'];
    default:
      return ['use', 'limits', 'mutations', 'constraints'];
  }
}

function valueAt(data: unknown, path: ConfigPath): unknown {
  let value = data;
  for (const step of path) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = (value as Record<string | number, unknown>)[step]; // an object or array, checked just above
  }
  return value;
}

/** Gives errors about options, which name `key.option`, their place in the file. */
export function withPlaces<T>(draft: ConfigDraft, key: string, parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    if (!isHqnasError(error) || error.facts.where?.startsWith(`${key}.`) !== true) throw error;
    throw new HqnasError({ ...error.facts, where: draft.locate(error.facts.where.split('.')) });
  }
}
