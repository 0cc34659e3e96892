import { HqnasError, didYouMean } from './errors.js';
import type { Json, JsonObject } from './json.js';
import type { Rng } from './random.js';

/**
 * What values a hyperparameter or option may take. One declaration gives its type, validation, default, sampling,
 * local mutation, help text and JSON schema.
 */
export interface Domain<T extends Json = Json> {
  readonly help: string;
  /** Used when the option is left out; undefined = it must be given. */
  readonly fallback: T | undefined;
  /** In words, for messages: "an integer in [2, 64]". */
  readonly expected: string;
  readonly schema: JsonObject;
  /** All values, in order; undefined where they are a range of numbers or cannot be listed. */
  readonly values?: readonly T[];
  contains(value: unknown): value is T;
  /** Uniform over the domain. */
  sample(rng: Rng): T;
  /** Another value of the domain, near `value` where the domain has an order; `value` itself when there is no other. */
  perturb(value: T, rng: Rng): T;
}

/** A whole number in [minimum, maximum]; knows its range, so that limits can narrow it. */
export interface IntegerDomain extends Domain<number> {
  readonly minimum: number;
  readonly maximum: number;
}

/** Hyperparameters or options by name. */
export type Domains = Readonly<Record<string, Domain>>;

/** The values that a record of domains describes. */
export type ValuesOf<D extends Domains> = { readonly [K in keyof D]: D[K] extends Domain<infer T> ? T : never };

/** What is said of any domain: a line of help, and the value that stands where none is given. */
export interface DomainFacts<T> {
  readonly help?: string;
  readonly fallback?: T;
}

/** Whole numbers from `minimum` to `maximum`, both included. */
export function integer(minimum: number, maximum: number, facts: DomainFacts<number> = {}): IntegerDomain {
  const contains = (value: unknown): value is number =>
    Number.isSafeInteger(value) && (value as number) >= minimum && (value as number) <= maximum;
  return {
    help: facts.help ?? '',
    fallback: facts.fallback,
    expected: `an integer in [${minimum}, ${maximum}]`,
    schema: { type: 'integer', minimum, maximum },
    minimum,
    maximum,
    contains,
    sample: (rng) => rng.between(minimum, maximum),
    perturb(value, rng) {
      if (minimum === maximum) return value;
      // A step of up to a quarter of the range, never zero, reflected into the range.
      const reach = Math.max(1, Math.floor((maximum - minimum) / 4));
      const low = Math.max(minimum, value - reach);
      const high = Math.min(maximum, value + reach);
      const step = rng.between(low, high - 1);
      return step >= value ? step + 1 : step;
    },
  };
}

/** Numbers from `minimum` to `maximum`, both included. */
export function real(minimum: number, maximum: number, facts: DomainFacts<number> = {}): Domain<number> {
  return {
    help: facts.help ?? '',
    fallback: facts.fallback,
    expected: `a number in [${minimum}, ${maximum}]`,
    schema: { type: 'number', minimum, maximum },
    contains: (value): value is number => typeof value === 'number' && value >= minimum && value <= maximum,
    sample: (rng) => rng.uniform(minimum, maximum),
    perturb: (value, rng) => Math.min(maximum, Math.max(minimum, value + 0.1 * (maximum - minimum) * rng.normal())),
  };
}

/** One of a few values. */
export function choice<const T extends string | number>(
  values: readonly [T, ...T[]],
  facts: DomainFacts<T> = {},
): Domain<T> {
  return {
    help: facts.help ?? '',
    fallback: facts.fallback,
    expected: `one of ${values.map((value) => JSON.stringify(value)).join(', ')}`,
    schema: { enum: values },
    values,
    contains: (value): value is T => values.includes(value as T),
    sample: (rng) => rng.pick(values),
    perturb(value, rng) {
      const others = values.filter((other) => other !== value);
      return others.length === 0 ? value : rng.pick(others);
    },
  };
}

/** True or false. */
export function boolean(facts: DomainFacts<boolean> = {}): Domain<boolean> {
  return {
    help: facts.help ?? '',
    fallback: facts.fallback,
    expected: 'true or false',
    schema: { type: 'boolean' },
    values: [false, true],
    contains: (value): value is boolean => typeof value === 'boolean',
    sample: (rng) => rng.int(2) === 1,
    perturb: (value) => !value,
  };
}

/** Any text; not meant to be searched over: it samples and perturbs to its default. */
export function text(facts: DomainFacts<string> = {}): Domain<string> {
  const value = facts.fallback ?? '';
  return {
    help: facts.help ?? '',
    fallback: facts.fallback,
    expected: 'a text',
    schema: { type: 'string' },
    values: [value],
    contains: (candidate): candidate is string => typeof candidate === 'string',
    sample: () => value,
    perturb: (current) => current,
  };
}

/** A list of texts, such as ids; not meant to be searched over: it samples and perturbs to its default. */
export function texts(facts: DomainFacts<readonly string[]> = {}): Domain<readonly string[]> {
  const value = facts.fallback ?? [];
  return {
    help: facts.help ?? '',
    fallback: facts.fallback,
    expected: 'a list of texts',
    schema: { type: 'array', items: { type: 'string' } },
    values: [value],
    contains: (candidate): candidate is readonly string[] =>
      Array.isArray(candidate) && candidate.every((item) => typeof item === 'string'),
    sample: () => value,
    perturb: (current) => current,
  };
}

/**
 * Checks given values against their domains and fills in defaults.
 * @param where path of the record, for messages
 * @throws HqnasError `unknown-option`, `missing-option`, `invalid-option`
 */
export function parseValues<D extends Domains>(
  domains: D,
  given: Readonly<Record<string, unknown>>,
  where: string,
): ValuesOf<D> {
  const names = Object.keys(domains);
  for (const name of Object.keys(given)) {
    if (names.includes(name)) continue;
    throw new HqnasError({
      code: 'unknown-option',
      what: `there is no option "${name}"`,
      where: `${where}.${name}`,
      remedy: names.length === 0 ? 'It takes no options.' : didYouMean(name, names),
    });
  }
  const values: Record<string, Json> = {};
  for (const name of names) {
    const domain = domains[name]!;
    const value = given[name] ?? domain.fallback;
    if (value === undefined) {
      throw new HqnasError({
        code: 'missing-option',
        what: `"${name}" must be given`,
        where: `${where}.${name}`,
        expected: domain.expected,
      });
    }
    if (!domain.contains(value)) {
      throw new HqnasError({
        code: 'invalid-option',
        what: `"${name}" has a wrong value`,
        where: `${where}.${name}`,
        expected: domain.expected,
        got: JSON.stringify(value),
      });
    }
    values[name] = value;
  }
  // Every name was checked against its domain just above.
  return values as ValuesOf<D>;
}

/** JSON schema of a record of options, for editors. */
export function schemaOf(domains: Domains): JsonObject {
  const properties = Object.entries(domains).map(([name, { schema, help, fallback }]): [string, Json] => [
    name,
    {
      ...schema,
      ...(help === '' ? {} : { description: help }),
      ...(fallback === undefined ? {} : { default: fallback }),
    },
  ]);
  const required = Object.keys(domains).filter((name) => domains[name]!.fallback === undefined);
  return { type: 'object', properties: Object.fromEntries(properties), required, additionalProperties: false };
}
