import { parse } from 'yaml';
import { HqnasError, messageOf } from '../../errors.js';

/** Changes of a config, as text: `trainer.totalSteps=20000; searchSpace.constraints=[search/quantum-layers]`. */
export interface Variation {
  /** As given in front (`short: trainer.totalSteps=20000`), otherwise the changes themselves. */
  readonly name: string;
  readonly changes: readonly { readonly path: readonly string[]; readonly value: unknown }[];
}

/**
 * Reads `NAME: KEY.KEY=VALUE; KEY=VALUE`; values are YAML, the name may be left out.
 * @throws HqnasError `invalid-variation`
 */
export function parseVariation(text: string): Variation {
  const { name, rest } = splitName(text);
  const changes = rest.split(/;\s+|;$/).flatMap((part) => {
    if (part.trim() === '') return [];
    const [, keys, value] = /^\s*([A-Za-z]+(?:\.[A-Za-z]+)*)\s*=(.*)$/s.exec(part) ?? [];
    if (keys === undefined) throw invalid(text, 'KEY.KEY=VALUE, several of them separated by "; "');
    return [{ path: keys.split('.'), value: valueOf(value!, text) }];
  });
  if (changes.length === 0) throw invalid(text, 'KEY.KEY=VALUE');
  return { name: name ?? rest.trim(), changes };
}

/** `short name: rest`; a colon inside brackets, or behind "=", is none that ends a name. */
export function splitName(text: string): { readonly name: string | undefined; readonly rest: string } {
  const [, name, rest] = /^([^:=[{]+): +(.+)$/s.exec(text) ?? [];
  return name === undefined ? { name: undefined, rest: text } : { name: name.trim(), rest: rest! };
}

/**
 * The values of a config file with the changes in them. A component in its short form (`trainer: ppo/clip`) takes its long
 * one where an option of it is set.
 * @param data what the file holds; it is not changed
 */
export function varied(data: unknown, { changes }: Variation): unknown {
  return changes.reduce<unknown>((values, { path, value }) => withValue(values, path, value), data ?? {});
}

function withValue(data: unknown, [key, ...deeper]: readonly string[], value: unknown): unknown {
  if (key === undefined) return value;
  const record = typeof data === 'string' ? { use: data } : data;
  const own: Readonly<Record<string, unknown>> =
    typeof record === 'object' && record !== null && !Array.isArray(record) ? { ...record } : {};
  return { ...own, [key]: withValue(own[key], deeper, value) };
}

function valueOf(text: string, variation: string): unknown {
  try {
    return parse(text);
  } catch (error) {
    throw invalid(variation, 'a value in YAML', error);
  }
}

function invalid(text: string, expected: string, cause?: unknown): HqnasError {
  return new HqnasError({
    code: 'invalid-variation',
    what: `"${text}" cannot be read${cause === undefined ? '' : `: ${messageOf(cause)}`}`,
    where: '--vary',
    expected,
    remedy: 'For example: --vary "short: trainer.totalSteps=20000".',
    cause,
  });
}
